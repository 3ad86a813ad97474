"""The table of commands: for each request, what to call and what must be true before.

One file per topic. A command is a function of the services, the session and the request; it answers
by sending to the session, at once or when a lane has come back. What it needs is data in this
table, checked in one place (:meth:`reactor.session.Session._take`).
"""

from reactor.command import Command, Commands, Needs
from reactor.commands.changes import delete, edit, react, rename, set_topic
from reactor.commands.chat import chat
from reactor.commands.devices import change_password, devices, revoke_device
from reactor.commands.history import history
from reactor.commands.listings import list_members, list_rooms
from reactor.commands.login import log_in, log_out
from reactor.commands.members import invite, leave, remove, set_role
from reactor.commands.ping import ping
from reactor.commands.reading import mark_read, readers
from reactor.commands.resume import resume
from reactor.commands.rooms import create, join
from reactor.commands.search import search
from reactor.commands.typing import typing
from reactor.commands.who import who
from wire.messages import (
    ChangePassword,
    Chat,
    CreateRoom,
    Delete,
    Devices,
    Edit,
    History,
    Invite,
    JoinRoom,
    LeaveRoom,
    ListRooms,
    LogIn,
    LogOut,
    MarkRead,
    Members,
    Ping,
    React,
    Readers,
    RemoveMember,
    RenameRoom,
    Resume,
    RevokeDevice,
    Search,
    SetRole,
    SetTopic,
    Typing,
    Who,
)

COMMANDS: Commands = {
    LogIn: Command(log_in, Needs.NO_LOGIN),
    Chat: Command(chat, Needs.LOGIN),
    Ping: Command(ping, Needs.NOTHING),
    LogOut: Command(log_out, Needs.LOGIN),
    Who: Command(who, Needs.LOGIN),
    History: Command(history, Needs.LOGIN),
    Resume: Command(resume, Needs.LOGIN),
    Edit: Command(edit, Needs.LOGIN),
    Delete: Command(delete, Needs.LOGIN),
    React: Command(react, Needs.LOGIN),
    CreateRoom: Command(create, Needs.LOGIN),
    JoinRoom: Command(join, Needs.LOGIN),
    LeaveRoom: Command(leave, Needs.LOGIN),
    Invite: Command(invite, Needs.LOGIN),
    RemoveMember: Command(remove, Needs.LOGIN),
    SetRole: Command(set_role, Needs.LOGIN),
    SetTopic: Command(set_topic, Needs.LOGIN),
    RenameRoom: Command(rename, Needs.LOGIN),
    ListRooms: Command(list_rooms, Needs.LOGIN),
    Members: Command(list_members, Needs.LOGIN),
    MarkRead: Command(mark_read, Needs.LOGIN),
    Readers: Command(readers, Needs.LOGIN),
    Typing: Command(typing, Needs.LOGIN),
    Search: Command(search, Needs.LOGIN),
    Devices: Command(devices, Needs.LOGIN),
    RevokeDevice: Command(revoke_device, Needs.LOGIN),
    ChangePassword: Command(change_password, Needs.LOGIN),
}
