#!/bin/sh
# Make a virtual environment in directory $1, with the first Python >= 3.11 that really runs.
#
# A name on the PATH proves nothing: version switchers put names there that only print an error,
# and some systems ship Python without the module that makes environments. So each is tried.
set -eu

venv=$1
candidates="python3 python3.13 python3.12 python3.11 python python3.14"
too_old_or_broken=""
without_venv=""

for python in $candidates; do
    command -v "$python" >/dev/null 2>&1 || continue
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        too_old_or_broken="$too_old_or_broken $python"
    elif ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        without_venv="$without_venv $python"
    else
        echo "Making $venv with $python ($("$python" -c 'import platform; print(platform.python_version())'))."
        rm -rf "$venv"
        exec "$python" -m venv "$venv"
    fi
done

echo "MiniChat needs Python 3.11 or newer, with its venv module." >&2
if [ -n "$without_venv" ]; then
    echo "Found without the venv module:$without_venv" >&2
    echo "  Debian, Ubuntu:  sudo apt-get install python3-venv" >&2
else
    [ -z "$too_old_or_broken" ] || echo "Found, but older or not running:$too_old_or_broken" >&2
    echo "  Debian 12, Ubuntu 24.04:  sudo apt-get install python3 python3-venv" >&2
    echo "  Fedora:                   sudo dnf install python3" >&2
    echo "  macOS:                    brew install python" >&2
    echo "  Windows and others:       https://www.python.org/downloads/" >&2
fi
exit 1
