"""What is being written in one room."""

from client_gui.composition import Composition
from tests.client_gui.conftest import MakeEntry


def test_what_is_edited_is_no_draft(make_entry: MakeEntry) -> None:
    """But what had been begun before is."""
    assert Composition("new", reply=make_entry()).unsent == "new"
    assert Composition("changed", editing=make_entry(), draft="begun").unsent == "begun"


def test_what_is_blank_can_give_way(make_entry: MakeEntry) -> None:
    """An answer begun, or an edit, is not."""
    assert Composition().is_blank
    assert Composition(" \n").is_blank
    assert not Composition("x").is_blank
    assert not Composition(reply=make_entry()).is_blank
    assert not Composition("", editing=make_entry(), draft="").is_blank
