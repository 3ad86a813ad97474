"""Which device the server takes us for."""

from client_gui.own_device import OwnDevice
from wire.messages import Device, Devices, LogIn, LogOut, RevokeDevice

LOGIN = LogIn("user1", "111111", "test/1")


def test_without_a_token_the_password_goes() -> None:
    """And there is nothing to be asked, or taken back."""
    device = OwnDevice()
    assert device.with_token(LOGIN) == LOGIN
    assert device.let_in("") == []
    assert device.farewell() == [LogOut()]


def test_a_token_goes_in_place_of_the_password() -> None:
    """Never with it."""
    device = OwnDevice()
    assert device.let_in("s3cret") == [Devices()]
    login = device.with_token(LOGIN)
    assert (login.username, login.password, login.token) == ("user1", "", "s3cret")


def test_the_number_is_that_of_the_current_device() -> None:
    """Asked once for each token; with another token it is another device."""
    device = OwnDevice()
    device.let_in("s3cret")
    device.heard([object(), Device(3, "x", 1, 1), Device(4, "x", 1, 1, "1")])
    assert device.farewell() == [RevokeDevice(4), LogOut()]
    assert device.let_in("") == []
    assert device.let_in("other") == [Devices()]
    assert device.farewell() == [LogOut()]
