"""A PostgreSQL server of the tests' own, in a temporary folder, run by an unprivileged user."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

PASSWORD = "s3cret/wort 密码"  # needs escapes in a URL, and must never be seen anywhere


@dataclass(frozen=True)
class Server:
    """Address of the server."""

    port: int

    def url(
        self, user: str = "postgres", scheme: str = "postgresql", database: str = "postgres"
    ) -> str:
        """Return the URL of a database for a user."""
        return f"{scheme}://{user}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{database}"

    def connect(self, user: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection that commits every statement."""
        return psycopg.connect(self.url(user), autocommit=True)


@contextmanager
def running_server() -> Iterator[Server]:
    """Set up a server, run it for as long as the block lasts, and remove it."""
    programs = _programs()
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    process = None
    try:
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        if user.get("user") is not None:
            shutil.chown(folder, user["user"], user["group"])
            shutil.chown(secret, user["user"], user["group"])
        data = folder / "data"
        subprocess.run(
            [
                programs / "initdb",
                *("--pgdata", data, "--username", "postgres", "--pwfile", secret),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **user,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            server = Server(free.getsockname()[1])
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": server.port,
            "unix_socket_directories": folder,
            "fsync": "off",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                **user,
            )
        _wait(server, process, folder / "log")
        yield server
    finally:
        if process:
            process.send_signal(signal.SIGINT)  # fast: without waiting for whoever is connected
            process.wait()
        shutil.rmtree(folder)


def _programs() -> Path:
    """Return the folder of the newest installed server."""
    folders = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    versions = sorted(folders, key=lambda program: float(program.parts[-3]))
    if versions:
        return versions[-1].parent
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    pytest.fail(
        "PostgreSQL is not installed, so nothing of it was tested: apt-get install postgresql",
        pytrace=False,
    )


def _unprivileged() -> dict[str, Any]:
    """Whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, for as long as it lives."""
    while True:
        try:
            server.connect().close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
