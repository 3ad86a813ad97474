"""The settings of MiniChat: one typed, checked and frozen value, for server, client and scripts.

`load` reads four layers, each over the one before: the packaged `conf/default.toml`, the user's
TOML file, the environment (`MINICHAT_<KEY>`) and the command line. A key has the same name in all
four. `conf/default.toml` holds every default and documents every key; `conf/settings.py` holds
the types and the bounds. Nothing here knows what a setting is used for.
"""

from conf.loading import SettingsError, load
from conf.settings import Settings, sqlite_path, without_password

__all__ = ["Settings", "SettingsError", "load", "sqlite_path", "without_password"]
