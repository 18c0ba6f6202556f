"""Every environment variable that the project reads, and what each command asks of them.

They are looked at before anything else is imported or installed, hence by the standard library
alone: `python -m dagster_project.settings TARGET` says what is wrong for a target of the Makefile.
"""

import argparse
import errno
import os
import re
import socket
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent

_MEMORY = re.compile(r"[0-9]+(\.[0-9]+)? ?([KMGT]i?B|%)", re.IGNORECASE)
_CRON = re.compile(r"[0-9*/,?LW#A-Z-]+", re.IGNORECASE)
_UNOPENED = {  # DuckDB takes them for something else than a part of the name
    "?": "a question mark",
    "\\": "a backslash",
}


class SettingError(ValueError):
    """A variable cannot be worked with; the message is one sentence that says what to do."""


class UnreadableMemoryLimitError(SettingError):
    """MEMORY_LIMIT is not an amount of memory."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what it says, its default, and how it is read."""

    name: str
    says: str
    default: str
    read: Callable[[str, str], Any]


def _variable(
    name: str, read: Callable[[str, str], Any], says: str, default: str = ""
) -> dict[str, Variable]:
    return {"variable": Variable(name, says, default, read)}


def _text(name: str, text: str) -> str:
    return text


def _folder(name: str, text: str) -> Path:
    return Path(text).absolute()


def _maybe_folder(name: str, text: str) -> Path | None:
    return Path(text).absolute() if text else None


def _switch(name: str, text: str) -> bool:
    if text not in ("", "0", "1"):
        raise SettingError(f"{name} is {text!r}; write 1 for yes, and 0 or nothing for no.")
    return text == "1"


def _count(of: str, example: int, least: int = 0) -> Callable[[str, str], int]:
    def read(name: str, text: str) -> int:
        if not re.fullmatch("[0-9]{1,18}", text) or int(text) < least:
            raise SettingError(f"{name} is {text!r}; write a number of {of}, such as {example}.")
        return int(text)

    return read


def read_memory_limit(name: str, text: str) -> str:
    """An amount of memory as DuckDB takes it, or nothing.

    Raises:
        UnreadableMemoryLimitError: it is none.
    """
    if text and not _MEMORY.fullmatch(text):
        raise UnreadableMemoryLimitError(
            f"{name} is {text!r}; write an amount of memory, such as 4GB."
        )
    return text


def _cron(name: str, text: str) -> str:
    parts = text.split()
    if len(parts) != 5 or not all(map(_CRON.fullmatch, parts)):
        raise SettingError(
            f"{name} is {text!r}; write minute, hour, day, month and weekday, such as 0 2 * * *."
        )
    return text


def _postgres(name: str, text: str) -> str:
    """A PostgreSQL URL or connection string; the sentence names no part of it."""
    try:
        parts = urlsplit(text)
        is_right = not text or (
            parts.port != 0 and bool(parts.netloc)
            if "://" in text and parts.scheme in ("postgres", "postgresql")
            else "://" not in text and "=" in text
        )
    except ValueError:
        is_right = False
    if not is_right:
        raise SettingError(
            f"{name} cannot be read; write it as postgresql://user@host:port/database,"
            " with % escapes for special characters."
        )
    return text


def _port(name: str, text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65_535:
        raise SettingError(f"{name} is {text!r}; write a number from 1 to 65535, such as 3000.")
    return int(text)


@dataclass(frozen=True)
class Settings:
    """What the environment says, read and typed."""

    seeds: Path = field(
        metadata=_variable(
            "SEEDS",
            _folder,
            "The folder with `disclosures/`, and `reference/` if it has lists of its own.",
            str(ROOT / "seeds"),
        )
    )
    warehouse: Path = field(
        metadata=_variable(
            "WAREHOUSE", _folder, "The folder of the warehouse.", str(ROOT / "warehouse")
        )
    )
    inbox: Path | None = field(
        metadata=_variable("INBOX", _maybe_folder, "Where documents are dropped.")
    )
    strict: bool = field(
        metadata=_variable("STRICT", _switch, "1: publish nothing over a new error.")
    )
    full: bool = field(
        metadata=_variable("FULL", _switch, "1: compute everything anew, changed or not.")
    )
    memory_limit: str = field(
        metadata=_variable("MEMORY_LIMIT", read_memory_limit, "How much memory DuckDB may take.")
    )
    portion: int = field(
        metadata=_variable(
            "PORTION",
            _count("disclosures", 20_000, least=1),
            "How many disclosures are computed at once.",
            "20000",
        )
    )
    shown_disclosures: int = field(
        metadata=_variable(
            "SHOWN_DISCLOSURES",
            _count("disclosures", 1000),
            "How many disclosures have pages in the report and the explorer.",
            "1000",
        )
    )
    exported_rows: int = field(
        metadata=_variable(
            "EXPORTED_ROWS",
            _count("rows", 1_048_575),
            "The most rows of a mart that each publication writes as files.",
            "1048575",
        )
    )
    postgres_url: str = field(
        metadata=_variable(
            "POSTGRES_URL", _postgres, "Copy every publication to this PostgreSQL database."
        )
    )
    dagster_home: Path = field(
        metadata=_variable(
            "DAGSTER_HOME",
            _folder,
            "Dagster's own records and its settings.",
            str(ROOT / ".dagster"),
        )
    )
    dagster_postgres_url: str = field(
        metadata=_variable(
            "DAGSTER_POSTGRES_URL", _postgres, "Keep those records in this PostgreSQL database."
        )
    )
    rebuild_cron: str = field(
        metadata=_variable(
            "REBUILD_CRON", _cron, "When the nightly rebuild starts, Asia/Shanghai.", "0 2 * * *"
        )
    )
    rebuild_quiet_seconds: int = field(
        metadata=_variable(
            "REBUILD_QUIET_SECONDS",
            _count("seconds", 120),
            "How long changed input must rest before it is built.",
            "120",
        )
    )
    records_kept_days: int = field(
        metadata=_variable(
            "RECORDS_KEPT_DAYS", _count("days", 30), "How long runs are remembered.", "30"
        )
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read every variable, or its default where it is not set or empty.

        Raises:
            SettingError: one of them cannot be read.
        """
        values = {}
        for one in fields(cls):
            variable: Variable = one.metadata["variable"]
            text = environment.get(variable.name) or variable.default
            values[one.name] = variable.read(variable.name, text)
        return cls(**values)


def variables() -> list[Variable]:
    """All of them, in the order in which the documentation lists them."""
    return [one.metadata["variable"] for one in fields(Settings)]


Arguments = Mapping[str, str]  # what a single command takes besides, by the name in the Makefile


def look_for_input(settings: Settings, _: Arguments) -> None:
    """There is a folder of disclosures, or a document in the inbox that will make one."""
    if settings.inbox and not settings.inbox.is_dir():
        raise SettingError(
            f"INBOX is {settings.inbox}, which is {_instead(settings.inbox)};"
            " name the folder that documents are dropped into."
        )
    root = settings.seeds / "disclosures"
    try:
        with os.scandir(root):
            return
    except OSError as error:
        inbox = settings.inbox or settings.seeds.parent / "inbox"
        if isinstance(error, FileNotFoundError) and _holds_documents(inbox):
            return
        raise SettingError(
            f"Cannot read {root} ({error.strerror});"
            " point SEEDS at a readable folder that holds disclosures/."
        ) from error


def look_for_output(settings: Settings, _: Arguments) -> None:
    """WAREHOUSE is a folder that can be written to and opened, or can become one."""
    folder = settings.warehouse
    look_at_name(folder)
    standing = folder
    while not os.path.lexists(standing):
        standing = standing.parent
    if not standing.is_dir():
        raise SettingError(
            f"WAREHOUSE is {folder}, but {standing} is {_instead(standing)}; name a folder."
        )
    if not os.access(standing, os.W_OK | os.X_OK):
        is_read_only = os.statvfs(standing).f_flag & os.ST_RDONLY
        raise SettingError(
            f"{folder} cannot be written to"
            f" ({os.strerror(errno.EROFS if is_read_only else errno.EACCES)});"
            " mend that, or point WAREHOUSE to another folder."
        )


def look_at_name(folder: Path) -> None:
    """Refuse a folder whose files DuckDB could not open."""
    for sign, what in _UNOPENED.items():
        if sign in str(folder):
            raise SettingError(
                f"WAREHOUSE is {folder}, which has {what} in it, and DuckDB cannot open files"
                " there; name another folder."
            )


def look_for_records(settings: Settings, _: Arguments) -> None:
    """DAGSTER_HOME, where it is set, can hold Dagster's SQLite files, whose names become URLs."""
    home = settings.dagster_home
    if not os.environ.get("DAGSTER_HOME") or settings.dagster_postgres_url:
        return
    if re.search(r"\?|%[0-9A-Fa-f]{2}", str(home)):
        raise SettingError(
            f"DAGSTER_HOME is {home}, which has a question mark or an escape such as %20 in it, and"
            " Dagster cannot open files there; name another folder."
        )
    if home.exists() and not home.is_dir():
        raise SettingError(f"DAGSTER_HOME is {home}, which is {_instead(home)}; name a folder.")


def look_for_warehouse(settings: Settings, _: Arguments) -> None:
    """WAREHOUSE is a folder, or nothing yet."""
    folder = settings.warehouse
    look_at_name(folder)
    if folder.exists() and not folder.is_dir():
        raise SettingError(f"WAREHOUSE is {folder}, which is {_instead(folder)}; name a folder.")


def look_for_publication(settings: Settings, _: Arguments) -> None:
    """Something is published."""
    published = settings.warehouse / "budget.duckdb"
    if not published.exists():
        raise SettingError(f"There is no {published} yet; run make build first.")


def look_for_publication_or_input(settings: Settings, arguments: Arguments) -> None:
    """Something is published, or can be built."""
    if not (settings.warehouse / "budget.duckdb").exists():
        look_for_input(settings, arguments)


def look_for_version(settings: Settings, arguments: Arguments) -> None:
    """VERSION names a version that was kept."""
    name = arguments.get("VERSION", "")
    if not name:
        raise SettingError("Say which: make rollback VERSION=…, from make versions.")
    version = version_file(settings.warehouse, name)
    if not version.is_file():
        raise SettingError(
            f"{version} is not a published warehouse; `make versions` lists those that are."
        )


def version_file(warehouse: Path, name: str) -> Path:
    """The file of a version, by its name or its time."""
    stamp = Path(name).name.removeprefix("budget-").removesuffix(".duckdb")
    return warehouse / "versions" / f"budget-{stamp}.duckdb"


def look_for_document(settings: Settings, arguments: Arguments) -> None:
    """DOCUMENT is a file, or a folder with something in it, and there is a place to read it to."""
    name = arguments.get("DOCUMENT", "")
    if not name:
        raise SettingError("Say which: make read DOCUMENT=path/to/budget.pdf.")
    look_at_document(Path(name))
    look_at_shelf(settings.seeds / "disclosures")


def look_at_document(document: Path) -> None:
    """The document is a file, or a folder that holds one."""
    if not document.exists():
        raise SettingError(f"There is no {document}; name a document, or a folder that holds some.")
    if document.is_dir():
        if not any(file.is_file() for file in document.rglob("*")):
            raise SettingError(
                f"Found no document: name a file, or a folder that holds some; {document} is empty."
            )
    elif not stat.S_ISREG(document.stat().st_mode):
        raise SettingError(f"{document} is no file but {_instead(document)}; name a document.")
    elif not os.access(document, os.R_OK):
        raise SettingError(f"{document} may not be read by you; change its permissions.")


def look_at_shelf(disclosures: Path) -> None:
    """The folder of disclosures can be made and written to."""
    standing = disclosures
    while not os.path.lexists(standing):
        standing = standing.parent
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        raise SettingError(f"{disclosures} cannot be written to; point SEEDS to a folder of yours.")


def look_for_database(settings: Settings, _: Arguments) -> None:
    """POSTGRES_URL is given."""
    if not settings.postgres_url:
        raise SettingError(
            "Say where to: make publish-postgres POSTGRES_URL=postgresql://user@host/database."
        )


def look_for_port(settings: Settings, arguments: Arguments) -> None:
    """PORT is a free port of HOST."""
    host, port = arguments.get("HOST") or "127.0.0.1", _port("PORT", arguments.get("PORT", ""))
    error = _bound(host, port)
    if error is None:
        return
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        raise SettingError(f"HOST is {host!r}, which is no address of this machine; name one.")
    free = next((next_ for next_ in range(port + 1, 65_536) if _bound(host, next_) is None), 0)
    if error.errno == errno.EACCES:
        raise SettingError(f"Port {port} may not be opened by you; choose another: PORT={free}.")
    raise SettingError(f"Port {port} of {host} is taken; choose another: PORT={free}.")


def _bound(host: str, port: int) -> OSError | None:
    """What stands in the way of listening there, if anything does."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
            trial.bind(address)
    except OSError as error:
        return error
    return None


def _holds_documents(inbox: Path) -> bool:
    return inbox.is_dir() and any(
        file.is_file() and not file.name.startswith(".") for file in inbox.iterdir()
    )


def _instead(path: Path) -> str:
    """What stands at a path that is not what was meant."""
    if not os.path.lexists(path):
        return "not there"
    if path.is_dir():
        return "a folder"
    if path.is_file():
        return "a file"
    return "a link to nothing" if path.is_symlink() else "neither file nor folder"


Look = Callable[[Settings, Arguments], None]

# What is looked at before a command begins; the names are those of the Makefile.
COMMANDS: dict[str, tuple[Look, ...]] = {
    "build": (look_for_input, look_for_output, look_for_records),
    "versions": (look_for_warehouse,),
    "rollback": (look_for_output, look_for_version),
    "read": (look_for_document,),
    "publish-postgres": (look_for_database, look_for_warehouse, look_for_publication),
    "serve": (look_for_output, look_for_records, look_for_port),
    "superset": (look_for_port, look_for_warehouse, look_for_publication_or_input),
    "docs": (look_for_output, look_for_publication_or_input),
    "explore": (look_for_output, look_for_publication_or_input),
    "files": (look_for_output, look_for_publication_or_input),
    "alert": (),
}


def look(command: str, arguments: Arguments = os.environ) -> Settings:
    """The settings of a command, once they can be worked with.

    Raises:
        SettingError: they cannot.
    """
    settings = Settings.from_environment()
    for one in COMMANDS[command]:
        one(settings, arguments)
    return settings


def look_or_exit(command: str, arguments: Arguments = os.environ) -> Settings:
    """The settings of a command; where they cannot be worked with, say why and end with 1."""
    try:
        return look(command, arguments)
    except SettingError as error:
        sys.exit(str(error))


def main() -> None:
    """Look at what targets of the Makefile ask for; of others nothing is asked."""
    parser = argparse.ArgumentParser(prog="python -m dagster_project.settings")
    parser.add_argument("targets", nargs="*")
    for target in parser.parse_args().targets:
        if target in COMMANDS:
            look_or_exit(target)


if __name__ == "__main__":
    main()
