"""``python -m client_gui``, also installed as ``minichat``: arguments, and the process around it.

``minichat [--server HOST:PORT] [--user NAME] [--new-window]``. What the command line leaves open is
what the last login was, and before the first one, what the settings say. Where the program runs
already, its window comes to the front instead, see ``desktop/one_program.py``.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PyQt5.QtCore import QCoreApplication, QSettings, QStandardPaths, Qt
from PyQt5.QtGui import QGuiApplication, QIcon
from PyQt5.QtWidgets import QApplication

import conf
from client_gui.address import Address, parse_address
from client_gui.app import Client
from client_gui.desktop.garbage import Garbage
from client_gui.desktop.interrupt import Interrupt
from client_gui.desktop.log_file import LogFile, log_to_stderr
from client_gui.desktop.one_program import Identity, OneProgram, Starting, raise_another
from client_gui.desktop.placement import Seat
from client_gui.desktop.preferences import Preferences
from client_gui.desktop.uncaught import UncaughtExceptions
from client_gui.presenters.look import Look
from wire.limits import MAX_NAME

_ICON = Path(__file__).with_name("resources") / "minichat.png"
_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where a server listens everywhere
_USUAL_PORT = 8090
_RUNS_ALREADY = (
    "MiniChat runs already: its window is in front now. To open another one: minichat --new-window"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the client; return the process's exit status."""
    uncaught = UncaughtExceptions()
    uncaught.install()
    log_to_stderr()
    settings_address = _settings_address()
    options = _parse(arguments, settings_address.port)
    application = _application()
    preferences = Preferences(QSettings())
    look = Look(application, preferences)
    seats = QStandardPaths.writableLocation(QStandardPaths.CacheLocation)
    with Starting(seats):
        if not options.new_window and raise_another(seats, _wanted(options)):
            print(_RUNS_ALREADY, file=sys.stderr)
            return 0
        seat = Seat(seats)
        program = OneProgram(seats, seat)
    log_file = LogFile(_logs(), seat.number)
    client = Client(
        preferences,
        server=str(options.server or preferences.server or settings_address),
        default_port=settings_address.port,
        username=(options.user or preferences.username)[:MAX_NAME],
        seat=seat.number,
        stores=_stores(),
    )
    program.serve(client.identity, client.in_tray.bring_up)
    garbage = Garbage(application)
    interrupt = Interrupt()
    interrupt.interrupted.connect(application.quit)
    client.start()
    try:
        return application.exec()
    finally:
        look.stop()
        interrupt.close()
        program.close()
        garbage.stop()
        seat.leave()
        log_file.close()


def _parse(arguments: Sequence[str] | None, default_port: int) -> argparse.Namespace:
    def address(text: str) -> Address:
        try:
            return parse_address(text, default_port)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    parser = argparse.ArgumentParser(prog="minichat", description="The desktop client of MiniChat.")
    parser.add_argument(
        "--server", type=address, metavar="HOST:PORT", help="the server to log in at"
    )
    parser.add_argument("--user", default="", metavar="NAME", help="the user name to log in with")
    parser.add_argument(
        "--new-window",
        action="store_true",
        help="open another window; without it, one that is open comes to the front instead, if "
        "it is this server's and this user's, where these are named",
    )
    return parser.parse_args(arguments)


def _wanted(options: argparse.Namespace) -> Identity:
    """Whose window is to come to the front, as far as the command line says so."""
    return Identity(str(options.server or ""), options.user)


def _settings_address() -> Address:
    """The server of the settings: on the machine that has one, the client needs no arguments."""
    try:
        settings = conf.load()
    except conf.SettingsError as error:
        logging.getLogger(__name__).warning("the settings are not used:\n%s", error)
        return Address(_HERE["0.0.0.0"], _USUAL_PORT)  # noqa: S104
    return Address(_HERE.get(settings.host, settings.host), settings.port or _USUAL_PORT)


def _stores() -> Path:
    """Where what was said is kept on this machine, for whoever has this account on it."""
    return platformdirs.user_data_path("minichat", appauthor=False) / "client"


def _logs() -> Path:
    """Where the program writes what it says of itself."""
    return platformdirs.user_state_path("minichat", appauthor=False)


def _application() -> QApplication:
    # These three only have an effect before there is an application.
    QCoreApplication.setAttribute(Qt.AA_EnableHighDpiScaling)
    QCoreApplication.setAttribute(Qt.AA_UseHighDpiPixmaps)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(["minichat"])
    application.setApplicationName("MiniChat")
    application.setOrganizationName("MiniChat")
    application.setDesktopFileName("minichat")
    application.setWindowIcon(QIcon(str(_ICON)))
    return application


if __name__ == "__main__":
    sys.exit(main())
