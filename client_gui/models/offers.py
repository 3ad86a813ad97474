"""What is offered for a word that was begun, as rows for a view."""

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from client_gui.completion import Offer

OFFER_ROLE = Qt.UserRole
"""The row's ``Offer``."""


class OffersModel(QAbstractListModel):
    """The offers in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def set_offers(self, offers: list[Offer]) -> None:
        """These are all now."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The offer, or its words."""
        if not index.isValid() or index.row() >= len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == OFFER_ROLE:
            return offer
        if role in (Qt.DisplayRole, Qt.AccessibleTextRole):
            return " ".join(filter(None, (offer.sign, offer.title, offer.detail)))
        return None
