"""What MiniChat is made of, what it needs, and the four commands it installs.

The version is here and nowhere else; a program that wants it asks the installed package.
"""

from setuptools import find_packages, setup

VERSION = "0.1.0"

SERVER = [
    "peewee>=4.5,<5",
    "PyMySQL[rsa]>=1.1,<2",
    "argon2-cffi>=23.1",
    "pydantic-settings>=2.16,<3",
    "platformdirs>=4",
]
CLIENT = [
    "PyQt5>=5.15.10,<6",
    "keyring>=25",  # the system's place for what lets one in again
    "darkdetect>=0.8",  # whether the desktop is dark: Qt 5 does not say
    "QtAwesome>=1.3",  # icons that are crisp at any scale
    "pypinyin>=0.50",  # rooms and people are found by how their names sound
    "emoji>=2.14",  # their names, in Chinese and English
]
TEST = [
    "pytest>=8",
    "pytest-qt>=4.4",
    "pytest-timeout>=2.3",
    "pytest-randomly>=3.15",
    "pytest-xdist>=3.6",  # both cores: one process takes more than a quarter of an hour
    "hypothesis>=6.100",
    "coverage>=7.5",
    "setuptools>=70.1",  # builds the wheel that test_packaging looks into
]
# Checkers judge by their version: these two are held to the series they were tried with.
CHECK = ["ruff>=0.17,<0.18", "mypy>=2.4,<2.5"]

ROOMS = ["wire", "reactor", "client_gui", "conf", "scripts"]

setup(
    name="minichat",
    version=VERSION,
    description="A chat server on a hand-written selectors reactor, with a native desktop client",
    license="GPL-3.0-or-later",
    python_requires=">=3.11",
    packages=find_packages(include=[*ROOMS, *(f"{room}.*" for room in ROOMS)]),
    py_modules=["models"],
    package_data={
        "conf": ["default.toml"],
        "reactor": ["migrations/*.py"],
        "client_gui": ["i18n/*", "resources/*"],
    },
    install_requires=SERVER + CLIENT,
    extras_require={"test": TEST, "dev": TEST + CHECK},
    entry_points={
        "console_scripts": [
            "minichat-server=reactor.__main__:main",
            "minichat-seed=scripts.seed_users:main",
            "minichat-prune=scripts.prune:main",
        ],
        "gui_scripts": ["minichat=client_gui.__main__:main"],
    },
)
