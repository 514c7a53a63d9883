# Makes .venv with a Python of 3.11 or newer, whatever this machine calls it. Sourced by .dev/site and .dev/test from the
# top of the repository; PYTHON=/path/to/python names one. Everything after it is Python's work: .dev/set_up.py.

say() {
    echo "storymap: $*" >&2
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3 python; do
        # A pyenv shim exists even for versions that are not there, so ask by running it.
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    say "this needs Python 3.11 or newer, and none was found. Install one (Debian: apt-get install python3 python3-venv)," \
        "or name it: PYTHON=/path/to/python3 $0"
    return 1
}

# Debian leaves venv out of python3; it is a package of its own.
install_venv() {
    package="$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    if ! command -v apt-get >/dev/null; then
        say "\"$1 -m venv\" does not work: install what this system calls $package, then run $0 again."
        return 1
    elif [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        say "\"$1 -m venv\" does not work here without a package of Debian's: run" \
            "\"sudo apt-get install $package\", then $0 again."
        return 1
    fi
    say "installing $package with apt-get, because \"$1 -m venv\" does not work without it"
    $as_root apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$package" >&2
}

make_environment() {
    if .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        return
    fi
    python="$(find_python)" || return 1
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        install_venv "$python" || return 1
        "$python" -m venv .venv || return 1
    fi
    say "made .venv with $(.venv/bin/python --version)"
}

make_environment || exit 1
