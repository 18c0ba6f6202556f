"""Set up a locked environment, from PyPI or from the mirror that pip or uv is set to.

uv.lock names the files of PyPI, and `uv sync` refuses it where a mirror is set. So what it locks is
written out as requirements with hashes, and each file, wherever it comes from, must have the hash
of the lock. This runs in the system's own Python, before anything is installed.
"""

import argparse
import ast
import os
import re
import shlex
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".uv"
UV_LOCK = ROOT / "deploy" / "uv.txt"

PYPI = "https://pypi.org/simple"  # the index that uv.lock names

_UV_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL")
_PIP_KEYS = (":env:.index-url", "install.index-url", "global.index-url")  # the first one counts


def main() -> int:
    """Install uv, and what a project locks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--project", type=Path, default=ROOT, help="the folder of uv.lock")
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv")
    parser.add_argument("--extra", action="append", default=[])
    options = parser.parse_args()
    try:
        install_uv()
        install(options.project.absolute(), options.environment.absolute(), options.extra)
        if options.project.absolute() == ROOT:
            write_command(options.environment.absolute())
    except subprocess.CalledProcessError as error:
        return int(error.returncode)
    return 0


def install_uv() -> None:
    """Put uv into its own folder, unless it is there as it is locked."""
    installed = UV / "uv.txt"
    if installed.exists() and installed.read_bytes() == UV_LOCK.read_bytes():
        return
    venv.create(UV, clear=True, with_pip=True)
    settings = dict(os.environ)
    if mirror := index_of_uv(os.environ):
        settings["PIP_INDEX_URL"] = mirror
    options = ("--quiet", "--disable-pip-version-check", "--require-hashes")
    _run(UV / "bin" / "python", "-m", "pip", "install", *options, "-r", UV_LOCK, settings=settings)
    installed.write_bytes(UV_LOCK.read_bytes())


def install(project: Path, environment: Path, extras: list[str]) -> None:
    """Bring an environment to what the lock of a project says, no more and no less."""
    uv = UV / "bin" / "uv"
    settings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    locked = {name: value for name, value in settings.items() if name not in _UV_VARIABLES}
    python = environment / "bin" / "python"
    requirements = environment / "requirements.txt"
    # The lock is held against pyproject.toml as it was made, whatever mirror is set.
    try:
        _run(
            *(uv, "lock", "--quiet", "--check", "--offline", "--no-config"),
            *("--default-index", PYPI, "--python", sys.executable, "--project", project),
            settings=locked,
        )
    except subprocess.CalledProcessError:
        sys.stderr.write(
            f"{project / 'uv.lock'} does not fit its pyproject.toml or this Python"
            f" {sys.version.split()[0]}: take one that requires-python names, or run uv lock.\n"
        )
        raise
    if not _is_of_this_python(python):
        _run(
            *(uv, "venv", "--quiet", "--clear", "--no-project"),
            *("--python", sys.executable, environment),
            settings=locked,
        )
    _run(
        *(uv, "export", "--quiet", "--frozen", "--no-config", "--no-emit-project"),
        *(f"--extra={extra}" for extra in extras),
        *("--project", project, "--output-file", requirements),
        settings=locked,
    )
    if not index_of_uv(os.environ) and (mirror := index_of_pip()):
        settings["UV_DEFAULT_INDEX"] = mirror
    quiet = () if sys.stderr.isatty() else ("--quiet",)  # to a person it shows how far it is
    _run(
        # Where PYTHONDONTWRITEBYTECODE is set, every process would compile what it imports again.
        *(uv, "pip", "sync", "--compile-bytecode", *quiet),
        # Of several indexes one may have the name and not the file; the hash says which is right.
        *("--require-hashes", "--index-strategy", "unsafe-best-match"),
        *("--python", python, requirements),
        settings=settings,
    )


def write_command(environment: Path) -> None:
    """Write the executable `budget`: the project is no package that a build would install."""
    binaries = environment / "bin"
    root = os.path.relpath(ROOT, binaries)
    command = binaries / "budget"
    command.write_text(
        "#!/bin/sh\n"
        f'root=$(cd "$(dirname "$0")"/{shlex.quote(root)} && pwd) || exit 1\n'
        'export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" PYTHONUTF8=1\n'
        'exec "$(dirname "$0")/python" -m budget_warehouse "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)


def _run(*command: str | Path, settings: Mapping[str, str]) -> None:
    subprocess.run(command, env=settings, stdin=subprocess.DEVNULL, check=True)


def index_of_uv(settings: Mapping[str, str]) -> str:
    """Return the index that uv is set to, in the environment or its files; "" for PyPI."""
    import tomllib  # Python 3.11

    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        if settings.get(name):
            return re.sub(r"^[\w.-]+=(?=\w+:)", "", settings[name])  # its name may stand before it
    home = Path(settings.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    for file in (
        Path(settings.get("UV_CONFIG_FILE") or home / "uv" / "uv.toml"),
        Path("/etc/uv/uv.toml"),
    ):
        if file.is_file():
            configuration = tomllib.loads(file.read_text(encoding="utf-8"))
            defaults = [one["url"] for one in configuration.get("index", []) if one.get("default")]
            for index in (
                *defaults,
                configuration.get("index-url"),
                configuration.get("pip", {}).get("index-url"),
            ):
                if index:
                    return str(index)
    return ""


def index_of_pip() -> str:
    """Return the index that pip is set to, in its environment or files; "" for PyPI."""
    listed = subprocess.run(
        [UV / "bin" / "python", "-m", "pip", "config", "list"],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=True,
    ).stdout
    configuration = dict(line.split("=", 1) for line in listed.splitlines() if "=" in line)
    index = next(
        (ast.literal_eval(configuration[key]) for key in _PIP_KEYS if key in configuration), ""
    )
    return "" if index.rstrip("/") == PYPI else str(index)


def _is_of_this_python(python: Path) -> bool:
    """Return whether an environment is there and has the Python that this runs in."""
    if not python.exists():
        return False
    version = "import sys; print(sys.version)"
    told = subprocess.run([python, "-c", version], capture_output=True, check=False)
    return told.stdout.decode().strip() == sys.version.strip()


if __name__ == "__main__":
    sys.exit(main())
