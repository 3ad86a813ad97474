#!/bin/sh
# Install the programs that some tests need and pip cannot bring: a MariaDB server, a display
# without a screen (Xvfb), a bus for messages between programs (D-Bus), a Chinese font, and the
# libraries that PyQt5's wheel leaves to the system. Only what is missing, and only where this may
# be done without asking for a password.
#
# usage: install_test_parts.sh PYTHON     PYTHON is the environment that has PyQt5
#
# Standard output is for the caller: the parts whose tests must be left out, joined by commas, as
# MINICHAT_TESTS_WITHOUT takes them; usually nothing. Everything for people is on standard error.
# With CI=true nothing may be left out: a missing part is exit status 1.
#
# The tests start a MariaDB of their own, so only the program is installed, not the service.
set -eu

python=$1
PATH="$PATH:/usr/sbin:/sbin"
CI=${CI:-false}

say() { echo "$*" >&2; }

# --- What is there -------------------------------------------------------------------------

has_mariadb() {
    command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null
}

has_chinese_font() {
    command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]
}

# Qt's libraries are there if the plugin for X finds all of those it is linked with.
has_qt_libraries() {
    "$python" -c 'from PyQt5 import QtWidgets' 2>/dev/null || return 1
    [ "$(uname)" = Linux ] || return 0
    plugins=$("$python" -c 'from PyQt5.QtCore import QLibraryInfo as Q
print(Q.location(Q.PluginsPath))')
    ! ldd "$plugins/platforms/libqxcb.so" "$plugins"/xcbglintegrations/*.so | grep -q "not found"
}

has_xvfb() {
    command -v Xvfb >/dev/null && has_chinese_font && has_qt_libraries
}

has_dbus() {
    command -v dbus-daemon >/dev/null
}

# Python's SQLite can be given a file layer of ours: it is not hidden inside Python.
has_recording() {
    "$python" -c 'from tests.helpers.recording_vfs import library
raise SystemExit(library() is None)'
}

# --- What may be left out ------------------------------------------------------------------

asked_to_leave_out() {
    case ",${MINICHAT_TESTS_WITHOUT:-}," in *",$1,"*) return 0 ;; *) return 1 ;; esac
}

missing() {
    for part in dbus mariadb recording xvfb; do
        asked_to_leave_out "$part" || "has_$part" || echo "$part"
    done
}

# --- Installing ----------------------------------------------------------------------------

MARIADB_PACKAGES="mariadb-server-core mariadb-client-core"
XVFB_PACKAGES="xvfb fontconfig fonts-noto-cjk
    libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libx11-xcb1
    libxcb-glx0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render0
    libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0
    libxcb-xkb1 libxkbcommon0 libxkbcommon-x11-0"

packages_of() {
    case $1 in
    dbus) echo dbus ;;
    mariadb) echo $MARIADB_PACKAGES ;;
    xvfb) echo $XVFB_PACKAGES ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >&2 </dev/null
}

install_packages() {
    say "Installing what tests need: $*"
    apt_get update || say "The list of packages could not be renewed; trying with the old one."
    apt_get install --no-install-recommends "$@" || say "Some packages could not be installed."
}

# --- Telling -------------------------------------------------------------------------------

tell_how_to_have() {
    case $1 in
    dbus)
        say "Left out: the tests of notifications on a real bus. To have them, install D-Bus:"
        say "  Debian, Ubuntu:  sudo apt-get install dbus"
        say "  Fedora:          sudo dnf install dbus-daemon"
        say "  macOS:           brew install dbus"
        ;;
    mariadb)
        say "Left out: the tests on a real MariaDB server. To have them, install one:"
        say "  Debian, Ubuntu:  sudo apt-get install $MARIADB_PACKAGES"
        say "  Fedora:          sudo dnf install mariadb-server"
        say "  macOS:           brew install mariadb"
        ;;
    recording)
        say "Left out: the tests of power cuts and failing disks. They need a Python whose SQLite is a"
        say "shared library, as that of Linux distributions, python.org and Homebrew is."
        ;;
    xvfb)
        say "Left out: the tests with real windows. To have them, install Xvfb, a Chinese font and"
        say "the libraries that Qt needs:"
        say "  Debian, Ubuntu:  sudo apt-get install" $XVFB_PACKAGES
        say "  Fedora:          sudo dnf install xorg-x11-server-Xvfb google-noto-sans-cjk-fonts" \
            "qt5-qtbase-gui"
        say "  macOS:           brew install --cask xquartz fontconfig"
        ;;
    esac
}

# --- The main line -------------------------------------------------------------------------

if [ "$CI" = true ] && [ -n "${MINICHAT_TESTS_WITHOUT:-}" ]; then
    say "MINICHAT_TESTS_WITHOUT is set, but with CI=true no test may be left out."
    exit 1
fi

wanted=$(missing)
if [ -n "$wanted" ] && may_install; then
    # Word splitting is meant: packages and parts are lists of words.
    install_packages $(for part in $wanted; do packages_of "$part"; done)
    wanted=$(missing)
fi

for part in $wanted; do
    tell_how_to_have "$part"
done
if [ -n "$wanted" ] && [ "$CI" = true ]; then
    say "With CI=true no test may be left out, so this ends here."
    exit 1
fi

# Without these libraries not even the tests without a display could start.
if ! "$python" -c 'from PyQt5 import QtWidgets' >&2; then
    say "PyQt5 cannot be used here: libraries of the system are missing, named in the line above."
    say "  Debian, Ubuntu:  sudo apt-get install libgl1 libegl1 libglib2.0-0 libfontconfig1"
    exit 1
fi

echo ${MINICHAT_TESTS_WITHOUT:-} $wanted | tr ' ' ','
