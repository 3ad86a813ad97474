"""The layers: what each one reads, and the words in which it says where a key stands."""

from pathlib import Path

import pytest

from conf.layers import (
    DEFAULT_FILE,
    UnreadableFileError,
    all_layers,
    environment_layer,
    file_layer,
    option_layer,
    user_file,
)


def test_environment_gives_variables_with_our_prefix_only() -> None:
    """Their names are the keys in capitals."""
    layer = environment_layer({"MINICHAT_PORT": "1", "PORT": "2", "minichat_host": "x"})
    assert layer.values == {"port": "1"}
    assert layer.place("port") == "environment variable MINICHAT_PORT"


def test_variables_of_the_tests_are_no_settings() -> None:
    """A server that is started by a test inherits them."""
    assert environment_layer({"MINICHAT_TESTS_WITHOUT": "mariadb"}).values == {}


def test_options_not_given_are_no_values() -> None:
    """An argument parser gives None for them."""
    layer = option_layer({"port": None, "host": "::", "data_dir": "/srv"})
    assert layer.values == {"host": "::", "data_dir": "/srv"}
    assert layer.place("data_dir") == "command line option --data-dir"
    assert layer.place("database_url") == "command line option --database"


def test_an_unknown_key_is_named_with_its_nearest() -> None:
    """And where nothing is near, the list of all is."""
    near, far = option_layer({"prot": 1, "xyzzy": 2}).mistakes()
    assert near == "command line option --prot: there is no setting 'prot'; did you mean 'port'?"
    assert "conf/default.toml" in far


def test_a_file_stands_where_it_is(tmp_path: Path) -> None:
    """A byte order mark, as Windows editors write it, does no harm."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfport = 1\r\n")
    layer = file_layer(path)
    assert (layer.values, layer.place("port")) == ({"port": 1}, str(path))


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"host = 'a'\nport = \n", "line 2"), (b"host = '\xff'", "UTF-8"), (None, "No such file")],
)
def test_an_unreadable_file_is_named_with_its_fault(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    """With the line, where it is a slip of the pen."""
    path = tmp_path / "a.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=told) as caught:
        file_layer(path)
    assert str(path) in str(caught.value)


def test_the_users_file_is_read_if_it_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a file that is named takes its place."""
    usual, named = tmp_path / "usual.toml", tmp_path / "named.toml"
    named.write_text("port = 2", encoding="utf-8")
    monkeypatch.setattr("conf.layers.user_file", lambda: usual)
    assert places(None) == [str(DEFAULT_FILE)]
    usual.write_text("port = 1", encoding="utf-8")
    assert places(None) == [str(DEFAULT_FILE), str(usual)]
    assert places(named) == [str(DEFAULT_FILE), str(named)]


def places(config: Path | None) -> list[str]:
    """The files that are read, in rising priority."""
    return [layer.place("") for layer in all_layers(config, {}, {})[:-2]]


def test_the_users_file_has_the_name_that_the_default_file_tells() -> None:
    """Its head tells people where to put it."""
    ending = "/".join(user_file().parts[-2:])
    assert ending == "minichat/minichat.toml"
    assert ending in DEFAULT_FILE.read_text(encoding="utf-8")
