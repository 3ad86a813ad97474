"""The sessions of each user."""

from reactor.sessions import Sessions
from tests.helpers.chat import Stage


def test_the_sessions_of_a_user(stage: Stage) -> None:
    """All that are logged in, in the order in which they came; basic ones are told less."""
    first, basic, second = stage.full("user1"), stage.basic("user1"), stage.full("user1")
    other = stage.full("user2")
    user_id = first.session.user.user_id
    sessions = stage.services.sessions
    assert sessions.of(user_id) == (first.session, basic.session, second.session)
    assert sessions.full_of(user_id) == (first.session, second.session)
    assert sessions.of(other.session.user.user_id) == (other.session,)
    first.loses_connection()
    assert sessions.of(user_id) == (basic.session, second.session)


def test_nothing_is_left_of_those_who_have_gone(stage: Stage) -> None:
    """Nor is anything kept of strangers."""
    stage.connect().loses_connection()
    client = stage.full("user1")
    client.loses_connection()
    assert stage.services.sessions.of(client.session.user.user_id) == ()
    assert stage.services.sessions._first == stage.services.sessions._others == {}


def test_only_the_first_and_the_last_count(stage: Stage) -> None:
    """A user with three windows is one user, in whatever order they are closed."""
    sessions = stage.services.sessions
    clients = [stage.full("user1") for _ in range(3)]
    user_id = clients[0].session.user.user_id
    assert len(stage.services.online) == 1
    for client, left in ((clients[1], 2), (clients[0], 1), (clients[2], 0)):
        client.loses_connection()
        assert len(sessions.of(user_id)) == left
        assert len(stage.services.online) == min(left, 1)
    assert sessions._first == sessions._others == {}


def test_all_of_them(stage: Stage) -> None:
    """Of whom those can be asked whether they are there who speak the full dialect."""
    full = [stage.full("user1"), stage.full("user1"), stage.full("user2")]
    basic = stage.basic("user1")
    sessions = stage.services.sessions
    assert {*sessions} == {client.session for client in (*full, basic)}
    assert {*sessions.that_can_be_asked()} == {client.session for client in full}


def test_nobody() -> None:
    assert Sessions().of(7) == ()


def test_users_by_their_names(stage: Stage) -> None:
    """In any spelling, each once, and only those who are here."""
    clients = [stage.full("user1"), stage.full("user1"), stage.basic("user2")]
    named = stage.services.sessions.accounts_named
    assert named("USER1", "user3") == [clients[0].session.user]
    assert named("user2", "user1") == [clients[0].session.user, clients[2].session.user]
    assert named("") == []
