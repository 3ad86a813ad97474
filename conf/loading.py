"""From the layers to checked settings, or to one error that names every mistake at once."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import InitSettingsSource

from conf.layers import Layer, UnreadableFileError, all_layers
from conf.settings import OUT_OF_ORDER, REFUSED, SECRET_KEYS, Settings, allowed

# A value longer than this is cut in an error: the line is for reading.
SHOWN_VALUE_CHARACTERS = 60


class SettingsError(ValueError):
    """Settings that cannot be used; its text has one line for each mistake.

    A line says where the mistake stands, what is wrong with it, and what is allowed. Passwords
    are never in it.
    """


def load(
    config: Path | None = None,
    overrides: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Read and check all settings.

    `config` is the user's file; without it the one in the user's configuration directory is read,
    if it exists. `overrides` are the command line's values by key, None meaning "not given".
    `environ` stands in for the process's environment.

    Raises SettingsError, naming every wrong key and value.
    """
    try:
        layers = all_layers(config, overrides or {}, environ)
    except UnreadableFileError as error:
        raise SettingsError(str(error)) from None
    mistakes = [line for layer in layers for line in layer.mistakes()]
    # The library merges its sources from the highest priority down.
    sources = tuple(InitSettingsSource(Settings, layer.known()) for layer in reversed(layers))
    try:
        settings = Settings(_build_sources=(sources, {}))
    except ValidationError as error:
        mistakes += [_described(detail, layers) for detail in error.errors()]
    if mistakes:
        # Without its cause, which would quote the values.
        raise SettingsError("\n".join(mistakes)) from None
    return settings


def _described(detail: ErrorDetails, layers: list[Layer]) -> str:
    """One mistake of one value, in a line."""
    key = str(detail["loc"][0])
    if detail["type"] == OUT_OF_ORDER:
        return _order_described(key, detail["ctx"]["than"], layers)
    reason = f" ({detail['msg']})" if detail["type"] == REFUSED else ""
    return f"{_stands(key, layers)}: it must be {allowed(key)}{reason}"


def _order_described(key: str, lower: str, layers: list[Layer]) -> str:
    """Two values that contradict each other: both are shown, for either may be the wrong one."""
    return f"{_stands(key, layers)}: it must be greater than {_stands(lower, layers)}"


def _stands(key: str, layers: list[Layer]) -> str:
    """Where the value that counts stands, and the value unless it may hold a password."""
    layer = next(layer for layer in reversed(layers) if key in layer.values)
    if key in SECRET_KEYS:
        return f"{layer.place(key)}: {key}"
    shown = repr(layer.values[key])
    if len(shown) > SHOWN_VALUE_CHARACTERS:
        shown = shown[:SHOWN_VALUE_CHARACTERS] + "..."
    return f"{layer.place(key)}: {key} = {shown}"
