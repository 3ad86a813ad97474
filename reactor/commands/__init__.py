"""The table of commands: for each request, what to call and what must be true before.

One file per topic. A command is a function of the services, the session and the request; it answers
by sending to the session, at once or when a lane has come back. What it needs is data in this
table, checked in one place (:meth:`reactor.session.Session._take`).
"""

from reactor.commands.chat import chat
from reactor.commands.history import history
from reactor.commands.login import log_in, log_out
from reactor.commands.ping import ping
from reactor.commands.resume import resume
from reactor.commands.who import who
from reactor.session import Command, Commands, Needs
from wire.messages import Chat, History, LogIn, LogOut, Ping, Resume, Who

COMMANDS: Commands = {
    LogIn: Command(log_in, Needs.NO_LOGIN),
    Chat: Command(chat, Needs.LOGIN),
    Ping: Command(ping, Needs.NOTHING),
    LogOut: Command(log_out, Needs.LOGIN),
    History: Command(history, Needs.LOGIN),
    Resume: Command(resume, Needs.LOGIN),
    Who: Command(who, Needs.LOGIN),
}
