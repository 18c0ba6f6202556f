"""Surroundings of a night: the real daemon, a receiver of alerts, a PostgreSQL server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
from warehouses import REPOSITORY, environment

BINARIES = Path(sys.executable).parent


@dataclass
class Receiver:
    """A web server that keeps what is posted to it and gives the answers it is told to."""

    address: str
    posted: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """Return the kinds of the alerts that arrived."""
        return [message["kind"] for _, message in self.posted]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Receive posts on loopback; where no answer is given, accept them as the robots do."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            received.posted.append((self.path, json.loads(content)))
            status, answer = received.answers.pop(0) if received.answers else (200, {"code": 0})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        received = Receiver(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield received
        server.shutdown()


@dataclass(frozen=True)
class Night:
    """The folders and settings that a daemon runs with."""

    folder: Path
    settings: dict[str, str]

    @property
    def home(self) -> Path:
        return self.folder / "dagster"

    @property
    def log(self) -> Path:
        return self.folder / "daemon.log"

    def prepare(self) -> None:
        """Make DAGSTER_HOME and, before several processes do it at once, the records in it."""
        self.home.mkdir()
        shutil.copy(REPOSITORY / "deploy" / "dagster.yaml", self.home)
        with self.instance():
            pass

    def environment(self) -> dict[str, str]:
        return environment(
            self.folder / "seeds",
            self.folder / "warehouse",
            DAGSTER_HOME=str(self.home),
            PYTHONPATH=str(REPOSITORY),
            **self.settings,
        )

    @contextmanager
    def daemon(self) -> Iterator[None]:
        """Run the daemon; what it started is killed with it."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [BINARIES / "dagster-daemon", "run", "-m", "dagster_project.definitions"],
                cwd=REPOSITORY,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                yield
            finally:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    @contextmanager
    def instance(self) -> Iterator[dg.DagsterInstance]:
        """Dagster's records of the night."""
        before = dict(os.environ)
        os.environ.update(self.environment())
        try:
            with dg.DagsterInstance.get() as instance:
                yield instance
        finally:
            os.environ.clear()
            os.environ.update(before)
