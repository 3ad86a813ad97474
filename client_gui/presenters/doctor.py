"""Lets the doctor look at the connection, beside the window's thread, and shows what was found."""

import platform
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PyQt5.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, QObject, pyqtSlot
from PyQt5.QtWidgets import QWidget

from client_gui.address import Address
from client_gui.desktop.keyring_tokens import KeyringTokens
from client_gui.desktop.side_thread import SideThread
from client_gui.doctor import Check, Examination, Step, Verdict, clock_step, report
from client_gui.doctor_words import check_title, step_words
from client_gui.events import Failure
from client_gui.link.lookup import Found
from client_gui.link.probe import PATIENCE, Finding, log_in, resolve, say_hello
from client_gui.session import CLIENT_NAME, Session
from client_gui.widgets.doctor_dialog import DoctorDialog
from client_gui.widgets.login_window import LoginWindow
from wire.messages import LogIn

_LATE = 5.0
"""Seconds beyond a look's own patience after which it is answered for."""


class Doctor(QObject):
    """One dialog at a time. Looks again as often as one likes."""

    def __init__(
        self,
        session: Session,
        login: LoginWindow,
        tokens: KeyringTokens,
        parent: QObject | None = None,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(parent)
        self._session, self._login, self._tokens = session, login, tokens
        self._patience = patience
        self._thread = SideThread("minichat-doctor", self)
        self._store_trouble = ""
        self._examination = Examination()
        self._address: Address | None = None
        self._wanted: LogIn | None = None
        self._began = 0.0
        self.dialog: DoctorDialog | None = None
        session.store_trouble.connect(self._on_store_trouble)

    def open(self, parent: QWidget) -> None:
        """Show the dialog over *parent*, and begin."""
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        self._address = self._session.address or self._login.address()
        if self._address is None:
            return
        self.dialog = DoctorDialog(str(self._address), parent)
        self.dialog.again_wanted.connect(self.look)
        self.dialog.report_wanted.connect(self._copy_report)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.show()
        self.look()

    def close(self) -> None:
        """The program ends."""
        if self.dialog is not None:
            self.dialog.close()
        self._thread.close()

    @pyqtSlot()
    def look(self) -> None:
        """Begin with the first step; those of this computer go beside it."""
        self._examination = Examination()
        self._wanted = self._session.credentials() or self._login.credentials(CLIENT_NAME)
        if self.dialog is not None:
            self.dialog.forget_copy()
        self._examination.begin(Check.NAME, Check.KEYRING)
        self._examination.end(self._store_step())
        self._show()
        seen = self._examination
        self._tokens.check(partial(self._on_keyring_checked, seen, time.monotonic()))
        job = partial(resolve, self._address, self._patience)
        self._ask(job, TimeoutError("late"), self._on_resolved)

    # --- step by step ----------------------------------------------------------------------------

    def _ask(self, job: Callable[[], object], late: object, answer: Callable[[Any], None]) -> None:
        """Run *job*, and go on with *answer* unless one has begun anew meanwhile."""
        seen = self._examination
        self._began = time.monotonic()

        def go_on(result: object) -> None:
            if seen is self._examination and self.dialog is not None:
                answer(result)
                self._show()

        self._thread.call(job, go_on, self._patience + _LATE, late)

    def _on_resolved(self, found: Found | OSError) -> None:
        if isinstance(found, OSError):
            late = isinstance(found, TimeoutError)
            failure = Failure.TIMED_OUT if late else Failure.NO_SUCH_HOST
            self._end(Check.NAME, failure)
            self._clock_unknown()
            return
        self._end(Check.NAME)
        self._examination.begin(Check.PORT)
        job = partial(say_hello, found, self._patience)
        late_finding = Finding(failure=Failure.TIMED_OUT)
        self._ask(job, late_finding, partial(self._on_hello, found))

    def _on_hello(self, found: Found, finding: Finding) -> None:
        if not finding.opened:
            self._end(Check.PORT, finding.failure or Failure.LOST)
            self._clock_unknown()
            return
        self._end(Check.PORT)
        if not finding.spoke:
            self._end(Check.PROTOCOL, finding.failure or Failure.LOST)
            self._clock_unknown()
            return
        self._end(Check.PROTOCOL)
        if self._session.is_online:
            self._end(Check.LOGIN)
            self._examination.end(clock_step(self._session.clock.ahead()))
        elif self._wanted is None:
            self._examination.end(Step(Check.LOGIN, Verdict.UNKNOWN, "nobody"))
            self._clock_unknown()
        else:
            self._examination.begin(Check.LOGIN, Check.CLOCK)
            job = partial(log_in, found, self._wanted, self._patience)
            self._ask(job, Finding(failure=Failure.NO_ANSWER), self._on_logged_in)

    def _on_logged_in(self, finding: Finding) -> None:
        if finding.login == "ok":
            self._end(Check.LOGIN)
        else:
            failure = finding.failure or Failure.LOST
            seconds = time.monotonic() - self._began
            reason = finding.login or failure.value
            self._examination.end(Step(Check.LOGIN, Verdict.WRONG, reason, seconds))
        if finding.taken:
            self._session.clock.took(finding.taken, finding.sent, finding.heard)
        self._examination.end(clock_step(self._session.clock.ahead()))

    def _end(self, check: Check, failure: Failure | None = None) -> None:
        verdict = Verdict.OK if failure is None else Verdict.WRONG
        reason = "" if failure is None else failure.value
        self._examination.end(Step(check, verdict, reason, time.monotonic() - self._began))

    def _clock_unknown(self) -> None:
        self._examination.end(clock_step(self._session.clock.ahead()))

    def _on_keyring_checked(self, seen: Examination, began: float, trouble: str) -> None:
        verdict = Verdict.WRONG if trouble else Verdict.OK
        seen.end(Step(Check.KEYRING, verdict, trouble, time.monotonic() - began))
        if seen is self._examination:
            self._show()

    def _store_step(self) -> Step:
        if self._session.is_kept:
            return Step(Check.STORE, Verdict.OK)
        if self._store_trouble:
            return Step(Check.STORE, Verdict.WRONG, self._store_trouble)
        return Step(Check.STORE, Verdict.UNKNOWN, "nobody")

    # --- the dialog ------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.dialog is not None:
            self.dialog.show_steps(self._examination.steps())

    @pyqtSlot()
    def _copy_report(self) -> None:
        if self.dialog is not None:
            self.dialog.copy(self.report())

    def report(self) -> str:
        """The report: nothing secret is in it, and nothing that anybody has said."""
        server = str(self._address)
        heading = (
            f"MiniChat {CLIENT_NAME}",
            f"{platform.platform()}, Python {platform.python_version()}, "
            f"Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}",
            f"Server: {server}",
        )
        steps = self._examination.steps()
        lines = ((step, check_title(step.check), step_words(step, server)) for step in steps)
        return report(heading, lines)

    @pyqtSlot()
    def _on_finished(self) -> None:
        self.dialog = None

    @pyqtSlot(str)
    def _on_store_trouble(self, reason: str) -> None:
        self._store_trouble = reason
