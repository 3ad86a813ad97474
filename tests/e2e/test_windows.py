"""A whole conversation of real windows: three client processes on a display, and the server."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.server_process import PASSWORD, Address, ServerProcess
from tests.helpers.xvfb import environment_on

# Seconds that a machine under load may take to show what is waited for, and to end.
SHOWN_WITHIN = 40.0
ENDED_WITHIN = 20.0

pytestmark = pytest.mark.slow

Seen = dict[str, Any]


class Window:
    """One client process, its windows driven and looked at."""

    def __init__(self, display: str, address: Address, user: str, language: str, log: Path) -> None:
        self._log = log
        server = f"{address.host}:{address.port}"
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "tests.client_gui.driven_client"),
                    *("--server", server, "--user", user, "--new-window"),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment_on(display) | {"LANGUAGE": language},
                encoding="utf-8",
            )

    def do(self, *order: object) -> Any:
        """Give an order, and return its answer."""
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the client has ended: {self.errors}"
        return json.loads(line)

    def until(self, condition: Callable[[Seen], object]) -> Seen:
        """Look at the windows until *condition* holds."""
        deadline = time.monotonic() + SHOWN_WITHIN
        while True:
            seen = self.do("see")
            if condition(seen):
                return seen
            assert time.monotonic() < deadline, f"still seen: {seen}; errors: {self.errors}"

    def until_said(self, *texts: str) -> Seen:
        """Until exactly *texts* are shown, in this order, and none is on its way."""
        return self.until(
            lambda seen: (
                [message["text"] for message in seen["messages"]] == [*texts]
                and not any("…" in message["footer"] for message in seen["messages"])
            )
        )

    @property
    def errors(self) -> str:
        """What it wrote to standard error."""
        return self._log.read_text(encoding="utf-8")

    def quit(self) -> int:
        """Choose **Quit**; return the exit status."""
        self.do("quit")
        return self._process.wait(ENDED_WITHIN)

    def close(self) -> None:
        """End it whatever it does."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()


@pytest.fixture
def windows(xvfb: str, server: ServerProcess, tmp_path: Path) -> Iterator[list[Window]]:
    """The windows of user1, user2 and user3, at the login; those of user2 are in Chinese."""
    server.start()
    with contextlib.ExitStack() as closing:
        made = []
        for user, language in (("user1", "en"), ("user2", "zh_CN"), ("user3", "en")):
            window = Window(xvfb, server.address, user, language, tmp_path / f"{user}.log")
            closing.callback(window.close)
            made.append(window)
        yield made


def test_three_people_talk(windows: list[Window], server: ServerProcess) -> None:
    """From a wrong password to the end, over a restart of the server."""
    _everybody_logs_in(windows)
    _everybody_hears_everybody(windows)
    _the_server_restarts(windows, server)
    assert [window.quit() for window in windows] == [0, 0, 0]
    assert [window.errors for window in windows] == ["", "", ""]


def _everybody_logs_in(windows: list[Window]) -> None:
    first, second, _ = windows
    first.until(lambda seen: seen["titles"] == ["MiniChat – Login"])
    second.until(lambda seen: seen["titles"] == ["MiniChat – 登录"])
    first.do("log_in", "wrong")
    words = "Wrong user name or password."
    first.until(lambda seen: seen["status"] == words and seen["pop_ups"] == [words])
    first.do("close_pop_up")
    first.until(lambda seen: not seen["pop_ups"])
    for window in windows:
        window.do("log_in", PASSWORD)
    for window, name in zip(windows, ("itcast1", "itcast2", "itcast3"), strict=True):
        seen = window.until(lambda seen: len(seen["names"]) == 3)
        assert len(seen["titles"]) == 1, "the login window is gone"
        assert name in seen["titles"][0]
        assert seen["bar"] == ""
    places = {tuple(window.do("see")["place"]) for window in windows}
    assert len(places) == len(windows), "one hides another"
    assert first.do("see")["online"] == "Online: 3"
    assert second.do("see")["online"] == "在线：3"


def _everybody_hears_everybody(windows: list[Window]) -> None:
    first = windows[0]
    said = ["hello, <b>everybody</b>", "大家好！", "one | two \\ three"]
    for window, text in zip(windows, said, strict=True):
        window.do("say", text)
        first.until(
            lambda seen, text=text: seen["messages"][-1:] and seen["messages"][-1]["text"] == text
        )
    for number, window in enumerate(windows):
        seen = window.until_said(*said)
        assert [message["right"] for message in seen["messages"]] == [n == number for n in range(3)]
        assert [message["name"] for message in seen["messages"]] == [
            "itcast1",
            "itcast2",
            "itcast3",
        ]


def _the_server_restarts(windows: list[Window], server: ServerProcess) -> None:
    first, second, third = windows
    port = server.address.port
    before = [message["text"] for message in first.do("see")["messages"]]
    server.stop()
    for window in windows:
        window.until(lambda seen: seen["bar"])
    first.do("say", "written offline")
    seen = first.until(lambda seen: len(seen["messages"]) == len(before) + 1)
    assert seen["messages"][-1]["footer"] == "sending…"
    server.start("--port", str(port))
    for window in (first, second, third):  # the others have missed it, and get it all the same
        window.until(lambda seen, window=window: _back_after_trying(window, seen))
    for window in windows:
        window.until_said(*before, "written offline")
    assert [row.text for row in server.stored()].count("written offline") == 1


def _back_after_trying(window: Window, seen: Seen) -> bool:
    if seen["bar"]:
        window.do("try_now")
    return not seen["bar"]


def test_rooms_in_real_windows(windows: list[Window], server: ServerProcess) -> None:
    """A private room, answers, edits, reactions, a message to one alone, and the search."""
    for window in windows:
        window.do("log_in", PASSWORD)
    for window in windows:
        window.until(lambda seen: len(seen["names"]) == 3)
    _a_private_room_is_made(windows)
    _they_talk_in_it(windows)
    _one_talks_to_one_alone(windows)
    _a_message_is_found(windows[0])
    assert [window.quit() for window in windows] == [0, 0, 0]
    assert [window.errors for window in windows] == ["", "", ""]


def _a_private_room_is_made(windows: list[Window]) -> None:
    first, second, _ = windows
    first.do("create_room", "期末项目", "private")
    first.until(lambda seen: seen["room"] == "期末项目")
    first.do("open_members")
    first.until(lambda seen: len(seen["members"]) == 1)
    first.do("invite", "user2")
    first.until(lambda seen: len(seen["members"]) == 2)
    first.do("close_dialog")
    second.until(lambda seen: ["期末项目", 0, 0] in seen["rooms"])


def _they_talk_in_it(windows: list[Window]) -> None:
    first, second, third = windows
    first.do("say", "@user2 大纲在哪里？")
    second.until(lambda seen: ["期末项目", 1, 1] in seen["rooms"])
    second.do("find_room", "期末")
    second.until_said("@user2 大纲在哪里？")
    second.do("choose", "@user2 大纲在哪里？", "回复(R)")
    second.do("say", "马上发")
    first.until(
        lambda seen: (
            [message["answers"] for message in seen["messages"]] == ["", "@user2 大纲在哪里？"]
        )
    )
    first.do("choose", "马上发", "React…")
    first.do("react", 0)
    second.until(lambda seen: seen["messages"][-1]["reactions"] == [["👍", 1, False]])
    second.do("edit_last", "已经发了")
    first.until(lambda seen: seen["messages"][-1]["text"] == "已经发了")
    assert "edited" in first.do("see")["messages"][-1]["footer"]
    assert third.do("see")["rooms"] == [["Lobby", 0, 0]]


def _one_talks_to_one_alone(windows: list[Window]) -> None:
    first, _, third = windows
    third.do("message", "user1")
    third.until(lambda seen: seen["room"] == "itcast1")
    third.do("say", "psst")
    first.until(lambda seen: ["itcast3", 1, 0] in seen["rooms"])
    assert first.do("see")["room"] == "期末项目"
    first.do("find_room", "itcast3")
    first.until_said("psst")


def _a_message_is_found(first: Window) -> None:
    first.do("search", "纲")
    first.until(lambda seen: seen["found"] == ["@user2 大纲在哪里？"])
    first.do("choose_hit")
    first.until(lambda seen: seen["room"] == "期末项目")
