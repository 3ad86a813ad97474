"""What is offered, as rows."""

from PyQt5.QtCore import QModelIndex, Qt
from PyQt5.QtTest import QAbstractItemModelTester

from client_gui.completion import Offer
from client_gui.models.offers import OFFER_ROLE, OffersModel

OFFERS = [Offer("@ann ", "Ann", "ann"), Offer("😄", "smile", ":smile:", "😄")]


def test_it_is_a_model_as_qt_wants_it(qapp: object) -> None:
    """Before and after it has offers."""
    model = OffersModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_offers(OFFERS)
    model.set_offers([])
    assert tester.model() is model


def test_a_row_is_an_offer_and_its_words(qapp: object) -> None:
    """With the sign, for whoever only hears it."""
    model = OffersModel()
    model.set_offers(OFFERS)
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    assert model.index(1).data(OFFER_ROLE) is OFFERS[1]
    assert model.index(0).data() == "Ann ann"
    assert model.index(1).data(Qt.AccessibleTextRole) == "😄 smile :smile:"
    assert model.data(QModelIndex()) is None
