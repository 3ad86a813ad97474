"""Signs: what people may put to a message, and what would mislead them."""

import pytest

from wire.limits import MAX_SIGN
from wire.signs import check_sign

FAMILY = "👨\u200d👩\u200d👧"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("sign", ["👍", "❤️", FAMILY, SCOTLAND, "+1", "好", "x" * MAX_SIGN])
def test_signs(sign: str) -> None:
    """Emoji of every make, and short words."""
    check_sign(sign)


@pytest.mark.parametrize(
    "sign",
    ["", " ", "a b", "x" * (MAX_SIGN + 1), "\u200d", "\ufe0f", "a\nb", "\x1b", "\u202ea", "\ue000"],
)
def test_what_is_no_sign(sign: str) -> None:
    """Nothing to be seen, more than one line, or what turns the text around it."""
    with pytest.raises(ValueError, match="a sign"):
        check_sign(sign)
