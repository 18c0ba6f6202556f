"""The door for programs as a process: `budget serve` over a warehouse, on this machine alone."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import duckdb
from warehouses import REPOSITORY, environment


class Reply(NamedTuple):
    """The answer to a question over HTTP."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> dict[str, Any]:
        return dict(json.loads(self.text))


class Door(NamedTuple):
    """A process of `budget serve` over a warehouse."""

    address: str
    warehouse: Path

    def get(self, path: str, **headers: str) -> Reply:
        request = Request(self.address + quote(path, safe="/?&=.,-+%()"), headers=headers)
        try:
            with urlopen(request, timeout=60) as reply:
                return Reply(reply.status, dict(reply.headers), reply.read().decode())
        except HTTPError as error:
            return Reply(error.code, dict(error.headers), error.read().decode())

    def publish(self) -> int:
        """Replace the published file as a publication does; return its number."""
        published, candidate = (self.warehouse / name for name in ("budget.duckdb", "next.duckdb"))
        shutil.copy(published, candidate)
        with duckdb.connect(str(candidate)) as connection:
            connection.execute(
                "insert into marts.publications select * replace ("
                "publication_number + 1 as publication_number,"
                " published_at + interval 1 day as published_at)"
                " from marts.publications order by publication_number desc limit 1"
            )
            connection.execute("delete from marts.fct_revenues where true")
            ((number,),) = connection.execute(
                "select max(publication_number) from marts.publications"
            ).fetchall()
            connection.execute("checkpoint")
        os.replace(candidate, published)
        return int(number)


@contextmanager
def running_door(warehouse: Path) -> Iterator[Door]:
    """Start the door over a warehouse, wait until it answers, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "budget_warehouse", "serve"],
        cwd=REPOSITORY,
        env=environment(REPOSITORY / "seeds", warehouse, PORT=str(port)),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            address = f"http://127.0.0.1:{port}"
            assert process.stdout is not None
            assert process.stdout.readline() == f"Data: {address}/, explorer: {address}/site/\n"
            door = Door(address, warehouse)
            _wait_for(door)
            yield door
            process.send_signal(signal.SIGINT)
            assert process.wait() == 0
        finally:
            process.kill()  # where it is still running because something failed


def _wait_for(door: Door) -> None:
    for _ in range(100):
        with suppress(OSError):
            door.get("/health")
            return
        time.sleep(0.1)
    raise AssertionError(f"{door.address} does not answer.")
