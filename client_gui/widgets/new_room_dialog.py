"""Asks what a new room is to be."""

from PyQt5.QtCore import QCoreApplication, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from client_gui.widgets.asking_dialog import AskingDialog
from wire.limits import MAX_NAME, MAX_TOPIC
from wire.messages import CreateRoom

translate = QCoreApplication.translate


class NewRoomDialog(AskingDialog):
    """Name, kind and topic.

    Signals:
        create_wanted(name: str, kind: str, topic: str)
    """

    create_wanted = pyqtSignal(str, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(translate("NewRoomDialog", "New room"), [CreateRoom.code], parent)
        self.name, self.topic, self.kind = QLineEdit(), QLineEdit(), QComboBox()
        self.name.setMaxLength(MAX_NAME)
        self.topic.setMaxLength(MAX_TOPIC)
        for kind, words in (
            ("public", translate("NewRoomDialog", "Public: anybody may join")),
            ("private", translate("NewRoomDialog", "Private: by invitation only")),
            ("announcement", translate("NewRoomDialog", "Announcements: only moderators write")),
        ):
            self.kind.addItem(words, kind)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        form.addRow(translate("NewRoomDialog", "&Name:"), self.name)
        form.addRow(translate("NewRoomDialog", "&Kind:"), self.kind)
        form.addRow(translate("NewRoomDialog", "&Topic:"), self.topic)
        self.go = self._add_go(translate("NewRoomDialog", "&Create"))
        self.go.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self._build(form)

    @pyqtSlot()
    def _go(self) -> None:
        self._set_busy(True)
        name, topic = self.name.text().strip(), self.topic.text().strip()
        self.create_wanted.emit(name, self.kind.currentData(), topic)
