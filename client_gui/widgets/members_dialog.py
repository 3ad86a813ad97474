"""Shows who is in a room, and lets those who may invite, put out, and say who is what."""

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from client_gui.display import isolated
from client_gui.items import MemberItem, RoomItem
from client_gui.models.member_list import MEMBER_ROLE, MemberListModel
from client_gui.models.room_list import room_title
from client_gui.rights import MEMBER, MODERATOR, OWNER, rights
from client_gui.widgets.asking_dialog import AskingDialog
from client_gui.widgets.plain_label import PlainLabel
from wire.limits import MAX_NAME
from wire.messages import Invite, Members, RemoveMember, SetRole

_HEIGHT = 440

translate = QCoreApplication.translate


class MembersDialog(AskingDialog):
    """Of the room *item*; *me* is the user name of the person at this window.

    Signals:
        message_wanted(username: str): talk to this one alone.
        invite_wanted(username: str), remove_wanted(username: str)
        role_wanted(username: str, role: str): this one is to be this.
    """

    message_wanted = pyqtSignal(str)
    invite_wanted = pyqtSignal(str)
    remove_wanted = pyqtSignal(str)
    role_wanted = pyqtSignal(str, str)

    def __init__(self, item: RoomItem, me: str, parent: QWidget) -> None:
        title = translate("MembersDialog", "Members of %1")
        codes = (Members.code, Invite.code, RemoveMember.code, SetRole.code)
        super().__init__(title.replace("%1", isolated(room_title(item))), codes, parent)
        self.room = item.room
        self._me = me
        self._may = rights(item)
        self._chosen = ""
        self.view = QListView()
        self._members = MemberListModel(self.view)
        self.view.setModel(self._members)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(translate("MembersDialog", "Members"))
        self.view.selectionModel().currentChanged.connect(self._on_chosen)
        self.note = PlainLabel(translate("MembersDialog", "Asking the server…"))
        self.message = self._button(translate("MembersDialog", "Me&ssage"))
        self.moderator = self._button(translate("MembersDialog", "Make &moderator"))
        self.owner = self._button(translate("MembersDialog", "Make &owner"))
        self.remove = self._button(translate("MembersDialog", "&Remove"))
        self.name = QLineEdit()
        self.invite = self._button(translate("MembersDialog", "&Invite"))
        self._connect()
        self._lay_out()
        self._on_chosen()

    # --- what the program says -------------------------------------------------------------------

    def show_members(self, members: tuple[MemberItem, ...], more: bool) -> None:
        """These are in the room, and *more*."""
        chosen = self._chosen
        self._members.set_members(members)
        row = self._members.row_of(chosen)
        if row is not None:
            self.view.setCurrentIndex(self._members.index(row))
        self.note.setText(translate("MembersDialog", "There are more than are shown."))
        self.note.setVisible(more)
        self.error.hide()
        self._on_chosen()

    def show_error(self, words: str) -> None:
        """It came to nothing because of *words*."""
        super().show_error(words)
        self.note.hide()

    # --- building --------------------------------------------------------------------------------

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText(translate("MembersDialog", "User name"))
        self.name.setAccessibleName(translate("MembersDialog", "User name to invite"))
        self.name.textChanged.connect(lambda text: self.invite.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self._invite)
        self.invite.setEnabled(False)
        self.invite.clicked.connect(self._invite)
        self.view.doubleClicked.connect(self._message)
        self.message.clicked.connect(self._message)
        self.moderator.clicked.connect(self._change_role)
        self.owner.clicked.connect(lambda: self.role_wanted.emit(self._chosen, OWNER))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(self._chosen))

    def _lay_out(self) -> None:
        inviting = QHBoxLayout()
        inviting.addWidget(self.name, 1)
        inviting.addWidget(self.invite)
        beside = QVBoxLayout()
        for button in (self.message, self.moderator, self.owner, self.remove):
            beside.addWidget(button)
        beside.addStretch()
        upper = QHBoxLayout()
        upper.addWidget(self.view, 1)
        upper.addLayout(beside)
        column = QVBoxLayout()
        column.addLayout(upper, 1)
        column.addWidget(self.note)
        column.addLayout(inviting)
        for part in (self.name, self.invite):
            part.setVisible(self._may.invites)
        self.remove.setVisible(self._may.moderates)
        for part in (self.moderator, self.owner):
            part.setVisible(self._may.sets_roles)
        close = self.buttons.addButton(QDialogButtonBox.Close)
        close.setAutoDefault(False)
        self._build(column)
        self.resize(self.width(), _HEIGHT)
        self.view.setFocus(Qt.OtherFocusReason)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _on_chosen(self) -> None:
        member: MemberItem | None = self.view.currentIndex().data(MEMBER_ROLE)
        self._chosen = member.username if member else ""
        another = member is not None and member.username != self._me
        self.message.setEnabled(member is not None)
        for button in (self.moderator, self.owner):
            button.setEnabled(another)
        # A moderator puts out members only; an owner, anybody else.
        self.remove.setEnabled(another and (self._may.sets_roles or member.role == MEMBER))
        is_moderator = member is not None and member.role == MODERATOR
        words = translate("MembersDialog", "Make &member")
        self.moderator.setText(
            words if is_moderator else translate("MembersDialog", "Make &moderator")
        )

    @pyqtSlot()
    def _message(self) -> None:
        if self._chosen:
            self.message_wanted.emit(self._chosen)
            self.accept()

    @pyqtSlot()
    def _change_role(self) -> None:
        member: MemberItem = self.view.currentIndex().data(MEMBER_ROLE)
        role = MEMBER if member.role == MODERATOR else MODERATOR
        self.role_wanted.emit(member.username, role)

    @pyqtSlot()
    def _invite(self) -> None:
        if name := self.name.text().strip():
            self.error.hide()
            self.name.clear()
            self.invite_wanted.emit(name)
