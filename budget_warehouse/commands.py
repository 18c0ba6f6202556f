"""The looks of each command before it begins: at folders, documents, ports, what is published.

By the standard library alone, since nothing else may be installed yet:
`python -m budget_warehouse.commands TARGET` says what is wrong for a target of the Makefile.
"""

import errno
import os
import re
import socket
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from budget_warehouse.settings import SettingError, Settings, read_port

_UNOPENED = {  # DuckDB takes them for something else than a part of the name
    "?": "a question mark",
    "\\": "a backslash",
}

Arguments = Mapping[str, str]  # what a single command takes also, by the name in the Makefile


def look_for_input(settings: Settings, _: Arguments) -> None:
    """Refuse a folder without disclosures, unless the inbox has a document that will make one."""
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
    """Refuse a WAREHOUSE that is not, and cannot become, a folder to write to and open."""
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
    """Refuse a DAGSTER_HOME that cannot hold Dagster's SQLite files, whose names become URLs."""
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
    """Refuse a WAREHOUSE that is something other than a folder."""
    folder = settings.warehouse
    look_at_name(folder)
    if folder.exists() and not folder.is_dir():
        raise SettingError(f"WAREHOUSE is {folder}, which is {_instead(folder)}; name a folder.")


def look_for_publication(settings: Settings, _: Arguments) -> None:
    """Refuse a warehouse in which nothing is published."""
    published = settings.warehouse / "budget.duckdb"
    if not published.exists():
        raise SettingError(f"There is no {published} yet; run make build first.")


def look_for_publication_or_input(settings: Settings, arguments: Arguments) -> None:
    """Refuse a warehouse in which nothing is published, if nothing can be built."""
    if not (settings.warehouse / "budget.duckdb").exists():
        look_for_input(settings, arguments)


def look_for_version(settings: Settings, arguments: Arguments) -> None:
    """Refuse a VERSION that names no kept version."""
    name = arguments.get("VERSION", "")
    if not name:
        raise SettingError("Say which: make rollback VERSION=…, from make versions.")
    version = version_file(settings.warehouse, name)
    if not version.is_file():
        raise SettingError(
            f"{version} is not a published warehouse; `make versions` lists those that are."
        )


def version_file(warehouse: Path, name: str) -> Path:
    """Return the file of a version, by its name or its time."""
    stamp = Path(name).name.removeprefix("budget-").removesuffix(".duckdb")
    return warehouse / "versions" / f"budget-{stamp}.duckdb"


def look_for_document(settings: Settings, arguments: Arguments) -> None:
    """Refuse a DOCUMENT that is no file and no folder with something in it, or has no place."""
    name = arguments.get("DOCUMENT", "")
    if not name:
        raise SettingError("Say which: make read DOCUMENT=path/to/budget.pdf.")
    look_at_document(Path(name))
    look_at_disclosures(settings.seeds / "disclosures")


def look_for_draft(_: Settings, arguments: Arguments) -> None:
    """Refuse a DOCUMENT that is no file that can be read."""
    name = arguments.get("DOCUMENT", "")
    if not name:
        raise SettingError("Say which: make check-document DOCUMENT=path/to/budget.pdf.")
    document = Path(name)
    if document.is_dir():
        raise SettingError(f"{document} is a folder; name the document to check.")
    look_at_document(document)


def look_for_rule(_: Settings, arguments: Arguments) -> None:
    """Refuse a command that judges again by no rule."""
    if not arguments.get("RULE"):
        raise SettingError("Say by which rule: make judge-again RULE=NT-16.")


def look_for_measured(_: Settings, arguments: Arguments) -> None:
    """Refuse to go on without a DISCLOSURE or a DOCUMENT."""
    name = arguments.get("DOCUMENT", "")
    if not name and not arguments.get("DISCLOSURE"):
        raise SettingError("Say which: make mutation-score DISCLOSURE=name, or DOCUMENT=path.")
    if name:
        look_at_document(Path(name))


def look_for_documents(_: Settings, arguments: Arguments) -> None:
    """Refuse DOCUMENTS that are none; without any the target takes those of the tests."""
    name = arguments.get("DOCUMENTS", "")
    if name:
        look_at_document(Path(name))


def look_at_document(document: Path) -> None:
    """Refuse a document that is no file, and no folder that holds one."""
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


def look_at_disclosures(disclosures: Path) -> None:
    """Refuse a folder of disclosures, or of documents beside it, that cannot be written to."""
    for folder in (disclosures, disclosures.absolute().parent / "documents"):
        standing = folder
        while not os.path.lexists(standing):
            standing = standing.parent
        if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
            raise SettingError(f"{folder} cannot be written to; point SEEDS to a folder of yours.")


def look_for_disclosures(settings: Settings, _: Arguments) -> None:
    """Refuse seeds without disclosures to read again."""
    look_at_standing_disclosures(settings.seeds / "disclosures")


def look_at_standing_disclosures(disclosures: Path) -> None:
    """Refuse a folder of disclosures that is not there, or cannot be written to."""
    if not disclosures.is_dir():
        raise SettingError(
            f"{disclosures} is {_instead(disclosures)}; point SEEDS to a folder with disclosures/."
        )
    look_at_disclosures(disclosures)


def look_for_database(settings: Settings, _: Arguments) -> None:
    """Refuse to go on without POSTGRES_URL."""
    if not settings.postgres_url:
        raise SettingError(
            "Say where to: make publish-postgres POSTGRES_URL=postgresql://user@host/database."
        )


def look_for_port(settings: Settings, arguments: Arguments) -> None:
    """Refuse a PORT that is no free port of HOST."""
    host, port = arguments.get("HOST") or "127.0.0.1", read_port("PORT", arguments.get("PORT", ""))
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
    """Return what stands in the way of listening there, if anything does."""
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
    """Return what stands at a path that is not what was meant."""
    if not os.path.lexists(path):
        return "not there"
    if path.is_dir():
        return "a folder"
    if path.is_file():
        return "a file"
    return "a link to nothing" if path.is_symlink() else "neither file nor folder"


Look = Callable[[Settings, Arguments], None]

# The looks before a command begins; the names are those of the Makefile.
COMMANDS: dict[str, tuple[Look, ...]] = {
    "build": (look_for_input, look_for_output, look_for_records),
    "versions": (look_for_warehouse,),
    "rollback": (look_for_output, look_for_version),
    "read": (look_for_document,),
    "check-document": (look_for_draft, look_for_output),
    "mutation-score": (look_for_measured, look_for_output),
    "judge-again": (look_for_rule, look_for_output),
    "difference": (look_for_documents, look_for_output),
    "read-again": (look_for_disclosures,),
    "query": (look_for_warehouse, look_for_publication),
    "review": (look_for_warehouse, look_for_publication),
    "trust": (look_for_warehouse, look_for_publication),
    "publish-postgres": (look_for_database, look_for_warehouse, look_for_publication),
    "serve": (look_for_output, look_for_records, look_for_port),
    "serve-data": (look_for_warehouse, look_for_publication, look_for_port),
    "superset": (look_for_port, look_for_warehouse, look_for_publication_or_input),
    "docs": (look_for_output, look_for_publication_or_input),
    "explore": (look_for_output, look_for_publication_or_input),
    "files": (look_for_output, look_for_publication_or_input),
    "alert": (),
}


def look(command: str, arguments: Arguments = os.environ) -> Settings:
    """Return the settings of a command, once they can be worked with.

    Raises:
        SettingError: they cannot.
    """
    settings = Settings.from_environment()
    for one in COMMANDS[command]:
        one(settings, arguments)
    return settings


def look_or_exit(command: str, arguments: Arguments = os.environ) -> Settings:
    """Return the settings of a command; if they are unusable, say why and end with 1."""
    try:
        return look(command, arguments)
    except SettingError as error:
        sys.exit(str(error))


def main() -> None:
    """Look at what targets of the Makefile ask for; of others nothing is asked."""
    for target in sys.argv[1:]:
        if target in COMMANDS:
            look_or_exit(target)


if __name__ == "__main__":
    main()
