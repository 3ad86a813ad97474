"""Where settings come from: four layers, each a mapping of keys to raw values and their places.

A layer can say where each of its keys stands, in the words of the person who wrote it there.
It does not judge values; it only finds keys that do not exist.
"""

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from conf.settings import APPLICATION, Settings

DEFAULT_FILE = Path(__file__).with_name("default.toml")
ENVIRONMENT_PREFIX = "MINICHAT_"

# Variables with our prefix that are no settings: they speak to the tests and their scripts.
OTHER_VARIABLES = frozenset({"MINICHAT_TESTS_WITHOUT"})

# Options whose name is not the key with dashes.
OPTIONS = {"database_url": "--database"}


@dataclass(frozen=True)
class Layer:
    """Raw values by key, and where a key stands."""

    values: Mapping[str, object]
    place: Callable[[str], str]

    def known(self) -> dict[str, object]:
        """The values whose keys are settings."""
        return {key: value for key, value in self.values.items() if key in Settings.model_fields}

    def mistakes(self) -> list[str]:
        """One line for each key that is no setting."""
        unknown = (key for key in self.values if key not in Settings.model_fields)
        return [f"{self.place(key)}: there is no setting {key!r}{_nearest(key)}" for key in unknown]


class UnreadableFileError(Exception):
    """A settings file that cannot be read; the text names it and says why."""


def user_file() -> Path:
    """Where the user's own settings file is, if there is one."""
    return platformdirs.user_config_path(APPLICATION, appauthor=False) / f"{APPLICATION}.toml"


def file_layer(path: Path) -> Layer:
    """The keys of a TOML file.

    Raises UnreadableFileError if there is none, it may not be read, or it is not TOML.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFileError(f"{path}: is not TOML: {error}") from error
    return Layer(values, lambda _key: str(path))


def environment_layer(environ: Mapping[str, str]) -> Layer:
    """The variables that begin with MINICHAT_, without those that speak to other tools."""
    names = (name for name in environ if name.startswith(ENVIRONMENT_PREFIX))
    values = {
        name.removeprefix(ENVIRONMENT_PREFIX).lower(): environ[name]
        for name in names
        if name not in OTHER_VARIABLES
    }
    return Layer(values, lambda key: f"environment variable {ENVIRONMENT_PREFIX}{key.upper()}")


def option_layer(overrides: Mapping[str, object]) -> Layer:
    """The options of a command line by their keys; None stands for an option not given."""
    values = {key: value for key, value in overrides.items() if value is not None}
    return Layer(values, lambda key: f"command line option {option(key)}")


def option(key: str) -> str:
    """The name of the command line option that sets `key`."""
    return OPTIONS.get(key, "--" + key.replace("_", "-"))


def all_layers(
    config: Path | None, overrides: Mapping[str, object], environ: Mapping[str, str] | None
) -> list[Layer]:
    """Every layer there is, in rising priority; arguments as in `conf.load`."""
    layers = [file_layer(DEFAULT_FILE)]
    if config is not None:
        layers.append(file_layer(config))
    elif user_file().exists():
        layers.append(file_layer(user_file()))
    layers.append(environment_layer(os.environ if environ is None else environ))
    layers.append(option_layer(overrides))
    return layers


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key, Settings.model_fields, n=1)
    return f"; did you mean {near[0]!r}?" if near else "; conf/default.toml lists all there are"
