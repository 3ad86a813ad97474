"""Asking the storage something for a session, which takes no frames until it is answered."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias, TypeVar

from reactor.records import Refused
from reactor.services import Services
from reactor.session import Session
from reactor.workers import Lane, LaneFull
from wire.messages import Message
from wire.reasons import REASONS

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

Refuse: TypeAlias = Callable[[str, str], object]
"""Called with a reason word and a sentence."""


class Question:
    """A request that waits for a lane: answered once."""

    def __init__(
        self,
        services: Services,
        session: Session,
        request: Message,
        refuse: Refuse | None = None,
    ) -> None:
        """*refuse*: how it is refused, if not as any request is that has no reference."""
        self._services = services
        self._session = session
        self._request = request
        self._refuse = refuse or partial(session.refuse, request)

    def ask(
        self,
        lane: Lane,
        work: Callable[..., Answer | Refused],
        *args: Any,
        then: Callable[[Answer], object],
        unsure: Callable[[], object] = lambda: None,
    ) -> None:
        """Call ``work(*args)`` in *lane*, then, on the loop, *then* with what it returned.

        *then* is called though the session may have ended meanwhile: what the storage has done is
        done. It may hold the session anew. *unsure* is called instead when the storage could not
        say what it has done.
        """

        def answered(found: Answer | Refused) -> None:
            if isinstance(found, Refused):
                self.answer(found.reason, found.detail)
            else:
                self._services.loop.attempt(then, found, failed=lambda: self.answer("error"))
            self._session.release()

        def failed(error: BaseException) -> None:
            log.error("request %s not answered: %s", self._request.code, error)
            self.answer("unavailable")
            unsure()
            self._session.release()

        try:
            lane.submit(work, *args, done=answered, failed=failed)
        except LaneFull:
            self.answer("busy")
        else:
            self._session.hold()

    def answer(self, reason: str, detail: str = "") -> None:
        """Refuse it with a reason word; without *detail*, with its usual sentence."""
        self._refuse(reason, detail or REASONS[reason])
