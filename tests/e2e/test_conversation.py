"""People in conversation: every dialect, every kind of client, over real sockets."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from typing import IO, cast

import pytest

from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import LineClient
from tests.helpers.server_process import Address, ServerProcess

README_LINE = b"0001|user1|111111\n0002|user1|hello\n"

C_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@contextlib.contextmanager
def nc(address: Address) -> Iterator[tuple[IO[bytes], Callable[[], bytes]]]:
    """A pipe into `nc`, and what reads a line of its output. Without nc, a socket does the same."""
    program = shutil.which("nc")
    if program is None:
        with socket.create_connection(address, timeout=30) as sock, sock.makefile("rwb", 0) as file:
            yield cast(IO[bytes], file), file.readline
        return
    command = [program, address.host, str(address.port)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdin, process.stdout.readline
        finally:
            process.kill()  # some end with their input, others only with the connection


@pytest.mark.parametrize("environment", [{}, C_LOCALE], ids=["as-it-is", "C-locale"])
def test_the_line_of_the_readme(
    server: ServerProcess, full: LogIn, basic: LogIn, environment: dict[str, str]
) -> None:
    """The seed's promise: user1 is answered, user2 and user3 hear it, and user1 does not."""
    server.start(environment=environment)
    user2, user3 = full("user2"), basic("user3")
    with nc(server.address) as (pipe, read_line):
        pipe.write(README_LINE)
        assert read_line() == b"1001|1|itcast1|user1\n"
        user2.expect("1002", "itcast1", "hello", "user1", "lobby", "1")
        assert user3.receive_frame() == ["1002", "itcast1", "hello"]
        user2.say("user2", "the barrier")
        assert read_line() == b"1002|itcast2|the barrier\n"


def test_a_pipe_that_has_ended_is_answered(server: ServerProcess, full: LogIn) -> None:
    """`printf ... | nc`, where nc ends its direction with its input, prints what the login gave."""
    server.start()
    user2 = full("user2")
    with LineClient(server.address) as client:
        client.send(README_LINE)
        client.half_close()
        assert client.receive_until_closed() == [["1001", "1", "itcast1", "user1"]]
    user2.expect("1002", "itcast1", "hello", "user1", "lobby", "1")


def test_chinese_and_every_other_text_in_a_c_locale(server: ServerProcess, full: LogIn) -> None:
    """Text is UTF-8 whatever the locale of the server is; its log does not stumble over it."""
    server.start(environment=C_LOCALE, settings={"log_level": "debug"})
    user1, user2 = full("user1"), full("user2")
    text = "你好，世界 🐼 ﷽ \u202e\u2028\u0085"
    user1.say("user1", text, "cid1")
    user1.expect("1000", "0002", "ok", "cid1", "lobby", "1")
    user2.expect("1002", "itcast1", text, "user1")
    with LineClient(server.address) as stranger:
        stranger.send_line("0001", "没有\u202e这个人", "x")
        stranger.expect("1001", "0")
    user1.expect_nothing()
    assert "\u202e" not in server.log


def test_a_basic_client_is_sent_1001_and_1002_and_nothing_else(
    server: ServerProcess, full: LogIn, connect: Connect
) -> None:
    """Whatever it asks for, and whoever comes and goes."""
    server.start()
    basic, other = connect(), full("user2")
    basic.send_line("0001", "user1", "wrong")
    assert basic.receive_raw_frame() == "1001|0||"
    basic.send_line("0003", "token")
    basic.send_line("0005")
    basic.send_line("9999")
    basic.log_in("user1")
    for request in ("0003|token", "0005", "9999", "nonsense", "0002|user2|not me", "0001|user1|1"):
        basic.send_line(request)
    basic.say("user1", "own words")
    assert basic.receive_raw_frame() == "1001|0||"  # the second login was one too many
    other.expect("1002", "itcast1", "own words")
    other.say("user2", "the barrier")
    assert basic.receive_raw_frame() == "1002|itcast2|the barrier"
    basic.send_line("0004")
    assert basic.receive_until_closed() == []


def test_a_full_client_is_answered_each_request(server: ServerProcess, full: LogIn) -> None:
    """Ping, who, logout; and what may not be."""
    server.start()
    client = full("user1")
    client.send_line("0005")
    client.expect("1005", "user1", "itcast1")
    client.expect("1000", "0005", "ok", "", "1")
    client.send_line("0001", "user2", "111111")
    client.expect("1000", "0001", "already-logged-in")
    client.send_line("0002", "user1", "hello", "no such room", "cid7")
    client.expect("1000", "0002", "no-such-room", "cid7")
    client.send_line("0003", "one more")
    client.expect("1000", "0003", "ok", "one more")
    client.send_line("0004")
    client.expect("1000", "0004", "ok")
    client.expect("2000", "logged-out")
    assert client.receive_until_closed() == []


def test_requests_before_the_login(server: ServerProcess, connect: Connect) -> None:
    """A client that has named itself is told what it must do first; a wrong login may be mended."""
    server.start()
    client = connect()
    client.send_line("0001", "user1", "wrong", FULL)
    client.expect("1001", "0", "", "", "wrong-login")
    client.send_line("0001", "nobody", "111111", FULL)
    client.expect("1001", "0", "", "", "wrong-login")
    client.say("user1", "hello", "cid1")
    client.expect("1000", "0002", "login-first")
    client.send_line("0005")
    client.expect("1000", "0005", "login-first")
    client.log_in("user1", FULL)
    client.expect_nothing()


def test_several_sessions_of_one_user(server: ServerProcess, full: LogIn, basic: LogIn) -> None:
    """Each gets each message once; the one that says it gets its acknowledgement only."""
    server.start()
    one, two, three, other = full("user1"), full("user1"), basic("user1"), full("user2")
    one.say("user1", "from one", "c1")
    one.expect("1000", "0002", "ok", "c1", "lobby", "1")
    for client in (two, other):
        client.expect("1002", "itcast1", "from one", "user1", "lobby", "1")
    assert three.receive_frame() == ["1002", "itcast1", "from one"]
    three.say("user1", "from three")
    for client in (one, two, other):
        client.expect("1002", "itcast1", "from three", "user1", "lobby", "2")
    other.say("user2", "from other", "c2")
    assert three.receive_frame() == ["1002", "itcast2", "from other"]
    for client in (one, two):
        assert [frame[:3] for frame in client.ping()] == [["1002", "itcast2", "from other"]]
    other.expect("1000", "0002", "ok", "c2")
    other.expect_nothing()


def test_who_is_online_is_a_matter_of_users_not_of_sessions(
    server: ServerProcess, full: LogIn
) -> None:
    """The list has a user once, until the last session has ended, however it ended."""
    server.start()
    watcher, first, second = full("user1"), full("user2"), full("user2")
    first.reset()
    second.reset()
    while (event := watcher.receive_raw_frame()) != "2002|user2|itcast2|0":
        assert event in ("2002|user1|itcast1|1", "2002|user2|itcast2|1")
    watcher.send_line("0005")
    watcher.expect("1005", "user1")
    watcher.expect("1000", "0005", "ok", "", "1")


class SeedClient:
    """The coursework's client: no line ends, one receive of 512 bytes a message, two codes."""

    def __init__(self, address: Address) -> None:
        self.socket = socket.create_connection(address, timeout=30)

    def send(self, text: str) -> None:
        self.socket.send(text.encode())

    def receive(self) -> dict[str, str]:
        parts = self.socket.recv(512).decode().split("|")
        message = {"response_id": parts[0]}
        {"1001": self.logged_in, "1002": self.heard}[parts[0]](message, parts)
        return message

    def logged_in(self, message: dict[str, str], parts: list[str]) -> None:
        message["result"], message["nickname"], message["username"] = parts[1:]

    def heard(self, message: dict[str, str], parts: list[str]) -> None:
        message["nickname"], message["text"] = parts[1:]


def test_clients_of_the_seeds_kind(server: ServerProcess, full: LogIn) -> None:
    """They send without line ends, take a receive for a message, and fail at any other code."""
    server.start("--legacy-port", "0", listeners=2)
    legacy = server.addresses[1]
    one, two, modern = SeedClient(legacy), SeedClient(legacy), full("user3")
    with one.socket, two.socket:
        one.send("0001|user1|wrong")
        assert one.receive()["result"] == "0"
        for client, user in ((one, "user1"), (two, "user2")):
            client.send(f"0001|{user}|111111")
            assert client.receive()["username"] == user
        one.send(r"0002|user1|a|b\n C:\new" + " 你好")
        heard = two.receive()
        assert heard == {
            "response_id": "1002",
            "nickname": "itcast1",
            "text": "a｜b\\n C:\\new 你好",
        }
        modern.expect("1002", "itcast1", r"a\pb\\n C:\\new 你好", "user1")
        modern.say("user3", r"line\nline \p pipe")
        modern.expect("1000", "0002", "ok")
        assert one.receive()["text"] == two.receive()["text"] == "line line ｜ pipe"
        two.send("0002|user2|sec")
        two.send("ond")
        assert one.receive()["text"] == "second"
        modern.expect("1002", "itcast2", "second")


def test_line_less_clients_may_end_lines(server: ServerProcess, full: LogIn) -> None:
    """Some of them send a line end after all; and a half-closed one gets its answers."""
    server.start("--legacy-port", "0", listeners=2)
    modern = full("user3")
    client = SeedClient(server.addresses[1])
    with client.socket:
        client.send("0001|user1|111111\r\n")
        assert client.receive()["result"] == "1"
        client.send("0002|user1|last words\r\n")
        client.socket.shutdown(socket.SHUT_WR)
        assert client.socket.recv(512) == b""
    modern.expect("1002", "itcast1", "last words", "user1")


def test_a_host_name_has_a_listener_for_each_address(server: ServerProcess) -> None:
    """`localhost` is one address or two; each is announced, with the same port, and served."""
    addresses = {info[4][0] for info in socket.getaddrinfo("localhost", None)}
    server.start("--host", "localhost", listeners=len(addresses))
    assert {address.host for address in server.addresses} == addresses
    assert len({address.port for address in server.addresses}) == 1
    for address in server.addresses:
        with LineClient(address) as client:
            client.log_in("user1")
    server.stop()
    assert server.later_announcements() == []


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as sock:
            sock.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "::"])
def test_ipv6(server: ServerProcess, connect: Connect, host: str) -> None:
    """It listens on an IPv6 address, and announces it in brackets; `::` is IPv4 as well."""
    server.start("--host", host)
    port = server.address.port
    assert server.address.host == host
    hearers = [connect(Address("::1", port))]
    if host == "::" and socket.has_dualstack_ipv6():
        hearers.append(connect(Address("127.0.0.1", port)))
    for hearer in hearers:
        hearer.log_in("user2", FULL)
    sender = connect(Address("::1", port))
    sender.log_in("user1", FULL)
    sender.say("user1", "hello")
    for hearer in hearers:
        hearer.expect("1002", "itcast1", "hello")


@pytest.mark.parametrize("receive_size", [1, 7])
def test_a_reader_of_few_bytes_at_a_time(
    server: ServerProcess, full: LogIn, receive_size: int
) -> None:
    """It gets every frame, whole and in order."""
    server.start()
    reader, sender = full("user2", receive_buffer=2048), full("user1")
    texts = [f"{number} " + "x" * number for number in range(200)]
    for text in texts:
        sender.say("user1", text)
    heard: list[tuple[str, int]] = []
    while len(heard) < len(texts):
        frame = reader.receive_raw_frame(receive_size).split("|")
        if frame[0] == "1002":
            heard.append((frame[2], int(frame[5])))
    assert heard == [(text, seq) for seq, text in enumerate(texts, 1)]
