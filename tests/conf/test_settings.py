"""The settings model, and that the default file tells the truth about it."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

import conf
from conf.layers import DEFAULT_FILE
from conf.settings import ORDERED, Settings, allowed, sqlite_path, sqlite_url, without_password


def documented_keys() -> dict[str, str]:
    """The keys of the default file, each with the text of the comment above it."""
    text = DEFAULT_FILE.read_text(encoding="utf-8")
    found = re.findall(r"((?:^# .*\n)+)^(\w+) = ", text, flags=re.MULTILINE)
    return {key: " ".join(comment.replace("# ", "").split()) for comment, key in found}


def test_default_file_gives_every_key_and_no_other() -> None:
    """The file is the only place with defaults: a missing one could not be loaded."""
    assert tomllib.loads(DEFAULT_FILE.read_text(encoding="utf-8")).keys() == (
        Settings.model_fields.keys()
    )


@pytest.mark.parametrize("key", Settings.model_fields)
def test_default_file_says_what_each_key_is_and_what_is_allowed(key: str) -> None:
    """The bounds in the comment are those of the model, after at least a sentence of meaning."""
    meaning, _, bounds = documented_keys()[key].partition(" Allowed: ")
    assert bounds == f"{allowed(key)}."
    assert len(meaning) > 20


def test_defaults_are_valid_and_typed() -> None:
    """With nothing configured the server can start."""
    settings = conf.load(environ={})
    assert (settings.host, settings.port) == ("127.0.0.1", 8090)
    assert (settings.legacy_port, settings.health_port) == (None, None)
    assert settings.legacy_pause == pytest.approx(0.2)


@pytest.mark.parametrize("key", [key for key in Settings.model_fields if " from " in allowed(key)])
def test_bounds_are_those_that_are_told(key: str) -> None:
    """Both ends of "from A to B" are allowed, and what lies just beyond them is not."""
    low, high = map(float, re.findall(r"[\d.]+", allowed(key)))
    step = 1 if Settings.model_fields[key].annotation is not float else 0.001
    for inside in (low, high):
        assert key not in complaints(key, inside)
    for outside in (low - step, high + step):
        assert key in complaints(key, outside)


def complaints(key: str, value: float) -> set[str]:
    """The keys that are refused for their bounds when `key` has `value`; order does not count."""
    number = int(value) if float(value).is_integer() else value
    try:
        Settings.model_validate(conf.load(environ={}).model_dump() | {key: number})
    except ValidationError as error:
        return {
            str(detail["loc"][0]) for detail in error.errors() if detail["type"] != "out_of_order"
        }
    return set()


@pytest.mark.parametrize(("higher", "lower"), ORDERED.items())
def test_one_setting_must_exceed_the_other(higher: str, lower: str) -> None:
    """Equal is refused too, and the error shows both, with where they stand."""
    value = str(getattr(conf.load(environ={}), lower))
    with pytest.raises(conf.SettingsError) as caught:
        conf.load(environ={"MINICHAT_" + lower.upper(): value}, overrides={higher: value})
    assert str(caught.value) == (
        f"command line option --{higher.replace('_', '-')}: {higher} = '{value}': it must be "
        f"greater than environment variable MINICHAT_{lower.upper()}: {lower} = '{value}'"
    )


@pytest.mark.parametrize("value", ["true", True, "nan", "inf", "", "8090.5", [8090], 1e400])
def test_what_is_no_number_is_refused(value: object) -> None:
    """Python would take True for 1, and NaN would pass every comparison."""
    with pytest.raises(conf.SettingsError, match="a whole number from 0 to 65535"):
        conf.load(environ={}, overrides={"port": value})
    with pytest.raises(conf.SettingsError, match="a number of seconds from"):
        conf.load(environ={}, overrides={"ping_after": "nan" if value == "8090.5" else value})


@pytest.mark.parametrize("key", ["legacy_port", "health_port"])
def test_other_ports_are_off_or_a_port(key: str) -> None:
    """Off is told apart from 0, which takes a free one."""
    ports = {"off": None, "0": 0, "8091": 8091}
    for text, port in ports.items():
        assert getattr(conf.load(environ={"MINICHAT_" + key.upper(): text}), key) == port


@pytest.mark.parametrize(
    "twice", [*itertools.combinations(["port", "legacy_port", "health_port"], 2)]
)
def test_two_listeners_need_two_ports(twice: tuple[str, str]) -> None:
    """Free ones are different ones, the same number twice is one."""
    assert conf.load(environ={}, overrides=dict.fromkeys(twice, 0)).port in (0, 8090)
    with pytest.raises(conf.SettingsError, match="each needs its own"):
        conf.load(environ={}, overrides=dict.fromkeys(twice, 9000))


def test_data_dir_expands_the_home_directory_and_is_absolute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that changes its directory must not lose its data."""
    assert conf.load(environ={}, overrides={"data_dir": "~/x"}).data_dir == Path.home() / "x"
    assert conf.load(environ={}, overrides={"data_dir": "here"}).data_dir == Path.cwd() / "here"
    with pytest.raises(conf.SettingsError, match="no such home directory"):
        conf.load(environ={}, overrides={"data_dir": "~nobody-of-this-name/x"})
    with pytest.raises(conf.SettingsError, match="NUL"):
        conf.load(environ={}, overrides={"data_dir": "a\0b"})


def test_database_is_a_file_in_data_dir_unless_told_otherwise(tmp_path: Path) -> None:
    """What an address cannot hold is percent-encoded."""
    odd = tmp_path / "what? #1 100%"
    url = conf.load(environ={}, overrides={"data_dir": odd}).database_url
    assert url == sqlite_url(odd / "minichat.db")
    assert url.endswith("/what%3F%20%231%20100%25/minichat.db")
    assert sqlite_path(url) == odd / "minichat.db"
    other = "mysql://chat:p%40ss@db.example.org:3307/mini_chat"
    assert conf.load(environ={"MINICHAT_DATABASE_URL": other}).database_url == other


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///chat.db",
        "sqlite:////srv/chat.db",
        "sqlite:///:memory:",
        "mariadb://h/mini_chat",
        "mysql://u:p@[::1]:3306/mini_chat",
    ],
)
def test_usable_database_addresses_are_taken(url: str) -> None:
    """As they are written."""
    assert conf.load(environ={}, overrides={"database_url": url}).database_url == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://u:geheim@h/x", "begins otherwise"),
        ("geheim", "begins otherwise"),
        ("sqlite:chat.db", "three slashes"),
        ("sqlite://geheim/chat.db", "three slashes"),
        ("sqlite:///", "three slashes"),
        ("mysql://u:geheim@/x", "host is missing"),
        ("mysql://u:geheim@h", "name of the database"),
        ("mysql://u:geheim@h/a/b", "name of the database"),
        ("mysql://u:geheim@h:port/x", "port is not a number"),
        ("mysql://u:ge#heim@h/x", "%23"),
        ("mysql://u:geheim@h/x?y=geheim", "%3F"),
        ("mysql://u:geheim@[h/x", "port is not a number"),
    ],
)
def test_unusable_database_addresses_are_refused_without_showing_them(
    url: str, reason: str
) -> None:
    """The reason helps, and the password is in neither the text nor the traceback."""
    with pytest.raises(conf.SettingsError) as caught:
        conf.load(environ={}, overrides={"database_url": url})
    assert reason in str(caught.value)
    assert "heim" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert caught.value.__cause__ is None


def test_not_every_database_is_a_file() -> None:
    """What has no file has no path."""
    assert sqlite_path("sqlite:///here/chat.db") == Path("here/chat.db")
    assert sqlite_path("sqlite:///:memory:") is None
    assert sqlite_path("mysql://h/x") is None


def test_settings_never_change_and_never_show_the_password() -> None:
    """They are shared by threads and written to logs."""
    settings = conf.load(environ={}, overrides={"database_url": "mysql://u:geheim@h/x"})
    assert "geheim" not in repr(settings) + str(settings)
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("mysql://u:p@ss@h/x", "mysql://***@h/x"),
        ("mysql://h/x", "mysql://h/x"),
        ("sqlite:////srv/a@b/chat.db", "sqlite:////srv/a@b/chat.db"),
    ],
)
def test_an_address_can_be_shown_without_its_password(url: str, shown: str) -> None:
    """Even where somebody forgot to encode an @ in the password."""
    assert without_password(url) == shown


@pytest.mark.parametrize("value", [["ann", "小明"], "ann 小明", " ann\t小明 "])
def test_lobby_moderators(value: object) -> None:
    """A list in a file; elsewhere, where there are no lists, names with spaces between them."""
    settings = conf.load(environ={}, overrides={"lobby_moderators": value})
    assert settings.lobby_moderators == ("ann", "小明")


@pytest.mark.parametrize("value", [7, [7], ["x" * 33], ["x"] * 1001, {"ann": 1}])
def test_what_names_no_moderators(value: object) -> None:
    """Said with what is allowed."""
    with pytest.raises(conf.SettingsError, match=r'a list of user names, such as \["ann", "bo"\]'):
        conf.load(environ={}, overrides={"lobby_moderators": value})
