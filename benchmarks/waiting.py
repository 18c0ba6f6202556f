"""Waiting for servers that are started on loopback."""

import socket
import time
from collections.abc import Callable
from typing import Any


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def listens(port: int) -> bool:
    """Return whether somebody listens on a port of the loopback address."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


HANGING = 3600  # seconds: nothing takes so long, however busy the machine, unless it hangs


def wait_for(what: Callable[[], Any]) -> Any:
    """Ask until the answer is true, and return it."""
    deadline = time.monotonic() + HANGING
    while not (answer := what()):
        assert time.monotonic() < deadline, f"waited {HANGING} seconds in vain"
        time.sleep(0.5)
    return answer
