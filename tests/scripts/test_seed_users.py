"""Users from a command line: all or none, twice is once, and every bad line is named."""

import csv
import io
import re
from pathlib import Path

import pytest

from reactor import passwords
from reactor.records import Account
from reactor.storage import Storage
from scripts import seed_users
from wire import names
from wire.limits import MAX_PASSWORD


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database that does not exist yet."""
    return f"sqlite:///{tmp_path}/data/chat.db"


def account(url: str, name: str) -> Account | None:
    """The account of *name*."""
    storage = Storage(url)
    try:
        return storage.accounts.find_account(name)
    finally:
        storage.close()


def seed(url: str, tmp_path: Path, content: str | bytes) -> int:
    """Run the program with a list; return its exit status."""
    path = tmp_path / "class.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return seed_users.main(["--database", url, "--csv", str(path)])


def test_without_options_the_demo_users_are_added(
    storage_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the seed's password and nicknames; on both kinds of database."""
    assert seed_users.main(["--database", storage_url]) == 0
    assert "added user1, user2, user3\n" in capsys.readouterr().out
    for number in (1, 2, 3):
        user = account(storage_url, f"user{number}")
        assert user is not None
        assert user.nickname == f"itcast{number}"
        assert passwords.verify(user.password_hash, "111111")


def test_run_twice_it_changes_nothing_and_says_so(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even the hash."""
    seed_users.main(["--database", url])
    before = account(url, "user1")
    capsys.readouterr()
    assert seed_users.main(["--database", url]) == 0
    assert capsys.readouterr().out == (
        "left as they are, since they exist: user1, user2, user3\nnothing to do\n"
    )
    assert account(url, "user1") == before


def test_many_users_share_one_hash(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that ten thousand take no longer than to write them."""
    hashed = []
    real = passwords.hash_password

    def count(password: str) -> str:
        hashed.append(password)
        return real(password)

    monkeypatch.setattr(passwords, "hash_password", count)
    assert seed_users.main(["--database", url, "--count", "10000"]) == 0
    assert hashed == ["111111"]
    assert "added 10000 users, load00001 to load10000\n" in capsys.readouterr().out
    last = account(url, "load10000")
    assert last is not None
    assert passwords.verify(last.password_hash, "111111")
    assert seed_users.main(["--database", url, "--count", "10001"]) == 0
    assert "added load10001\n" in capsys.readouterr().out


@pytest.mark.parametrize("count", ["0", "-1", "100000", "x", "1.5", "٣"])
def test_a_count_that_is_none_is_refused(url: str, count: str) -> None:
    """As a wrong option."""
    with pytest.raises(SystemExit) as caught:
        seed_users.main(["--database", url, f"--count={count}"])
    assert caught.value.code == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_list_may_come_from_excel(url: str, tmp_path: Path, encoding: str, line_end: str) -> None:
    """In its encodings, with quotes, blank lines and columns in any order."""
    lines = [
        "Nickname, USER_NAME ,password",
        '"小明, 3班",小明,密码 1',
        "",
        ",,",
        "安娜,anna,pw",
    ]
    assert seed(url, tmp_path, line_end.join(lines).encode(encoding)) == 0
    xiaoming, anna = account(url, "小明"), account(url, "anna")
    assert xiaoming is not None
    assert anna is not None
    assert xiaoming.nickname == "小明, 3班"
    assert passwords.verify(xiaoming.password_hash, "密码 1")
    assert anna.nickname == "安娜"
    assert passwords.verify(anna.password_hash, "pw")


def test_missing_passwords_are_made_up_and_printed_as_a_list(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once: not for who existed, and not for who brought one."""
    assert seed(url, tmp_path, "user_name\nanna\nben\n") == 0
    printed = capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO(printed[printed.index("user_name") :])))
    assert [row["user_name"] for row in rows] == ["anna", "ben"]
    for row in rows:
        assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", row["password"])
        user = account(url, row["user_name"])
        assert user is not None
        assert user.nickname == row["user_name"]
        assert passwords.verify(user.password_hash, row["password"])
    assert rows[0]["password"] != rows[1]["password"]

    assert seed(url, tmp_path, "user_name,password\nanna,\ncleo,own\n") == 0
    printed = capsys.readouterr().out
    assert "left as they are, since they exist: anna" in printed
    assert "added cleo" in printed
    assert "made up" not in printed


BAD_LINES = [
    (",pw,Anna", "may not be empty"),
    ("a b,pw,Anna", "spaces"),
    ("a|b,pw,Anna", "may not contain |"),
    ("x" * 33 + ",pw,Anna", "at most 32"),
    ("good1,pw,Anna", "that of line 2"),
    ("ＧＯＯＤ1,pw,Anna", "that of line 2"),
    ("anna,pw,An\x1b[31mna", "U+001B"),
    ("anna," + "x" * (MAX_PASSWORD + 1) + ",Anna", "at most 128"),
    ('anna,"p\nw",Anna', "line break"),
    ("anna,pw,Anna,more", "4 fields for 3 columns"),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES)
def test_with_a_bad_line_nothing_is_stored(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    """It is named, with its number."""
    content = f"user_name,password,nickname\ngood1,pw,Good\n{line}\ngood2,pw,Good\n"
    assert seed(url, tmp_path, content) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    first, last = printed.err.splitlines()
    assert first.startswith("minichat-seed: line 3: ")
    assert said in first
    assert last == "minichat-seed: nothing was stored"
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_every_bad_line_is_named(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the line where it begins, also behind one of two lines."""
    content = 'user_name,password\ngood,"two\nlines"\na b,x\n\nc d,x\n'
    assert seed(url, tmp_path, content) == 1
    numbers = re.findall(r"line (\d+):", capsys.readouterr().err)
    assert numbers == ["2", "4", "6"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"name,password\nanna,x\n", "here they are name, password"),
        (b"password\nx\n", "user_name may not be missing"),
        (b"user_name,user_name\nanna,x\n", "each once"),
        (b"user_name;password\nanna;x\n", "separated by commas"),
        (b'user_name\n"anna\n', "line 2: this is no CSV"),
        ("user_name\n小明\n".encode("utf-16"), "neither UTF-8 nor GB18030"),
        (b"user_name\n" + b"x" * seed_users.MAX_LIST_BYTES, "larger than"),
        (b"\x1b[2Juser_name\n", "here they are \\x1b[2juser_name"),
    ],
)
def test_a_list_that_is_none_is_refused(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    """In a sentence that can be acted upon, and that a terminal does not obey."""
    assert seed(url, tmp_path, content) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "\x1b" not in error


def test_a_list_of_too_many_is_refused(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before hashing begins."""
    monkeypatch.setattr(seed_users, "MAX_LIST", 2)
    assert seed(url, tmp_path, "user_name\na\nb\n") == 0
    assert seed(url, tmp_path, "user_name\na\nb\nc\n") == 1
    assert "2 at most" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the system's reason."""
    assert seed_users.main(["--database", url, "--csv", str(tmp_path / "none.csv")]) == 1
    assert "none.csv cannot be read: No such file" in capsys.readouterr().err


def test_a_wrong_address_is_refused_without_its_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit status 2."""
    assert seed_users.main(["--database", "mysql://u:geheim@h"]) == 2
    error = capsys.readouterr().err
    assert "the database address is wrong" in error
    assert "geheim" not in error


def test_a_database_that_cannot_be_used_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 3."""
    assert seed_users.main(["--database", f"sqlite:///{tmp_path}"]) == 3
    assert f"the database file {tmp_path} is not available" in capsys.readouterr().err


def test_without_an_address_the_settings_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as the server's."""
    monkeypatch.setenv("MINICHAT_DATA_DIR", str(tmp_path / "here"))
    assert seed_users.main([]) == 0
    assert account(f"sqlite:///{tmp_path}/here/minichat.db", "user1") is not None


def test_wrong_settings_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2."""
    monkeypatch.setenv("MINICHAT_DATABASE_URL", "postgres://u:geheim@h/d")
    assert seed_users.main([]) == 2
    assert "geheim" not in capsys.readouterr().err


def test_the_help_says_the_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    """A script relies on them."""
    with pytest.raises(SystemExit) as caught:
        seed_users.main(["--help"])
    assert caught.value.code == 0
    assert "exit status: 0 done" in capsys.readouterr().out


def test_made_up_passwords_have_no_letter_that_is_taken_for_another() -> None:
    """They are read from paper."""
    assert not set("il1o0") & set(seed_users.LETTERS)
    assert len(set(seed_users.LETTERS)) == len(seed_users.LETTERS) == 31


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("小明 3", "小明 3"), ("a\x1b[0m", "a\\x1b[0m"), ("\u202ex\ud800", "\\u202ex\\ud800")],
)
def test_what_is_printed_is_escaped(text: str, wanted: str) -> None:
    """What is seen stays; what acts is shown."""
    assert seed_users.shown(text) == wanted


def test_demo_and_load_users_have_allowed_names() -> None:
    """Also the last of them."""
    for name in ("user1", f"load{seed_users.MAX_LOAD}"):
        names.check_name(name)
