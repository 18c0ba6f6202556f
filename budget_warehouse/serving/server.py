"""The process of the HTTP door: where it listens, and under which names it answers."""

import ipaddress
import socket
import sys
from contextlib import suppress

import uvicorn

from budget_warehouse.serving.web import data_door
from budget_warehouse.settings import Settings
from budget_warehouse.storage.warehouse import Warehouse

PORT = 8090

_CONNECTIONS = 100  # more are told to come again


def listen(settings: Settings, host: str, port: int) -> None:
    """Answer on a host and port until the process is told to end."""
    is_local = _is_loopback(host)
    door = data_door(
        Warehouse.from_environment(),
        settings.memory_limit,
        # A page of another site that names this machine is not answered.
        (host.strip("[]"), "localhost", "127.0.0.1", "[::1]") if is_local else ("*",),
    )
    server = uvicorn.Server(
        uvicorn.Config(
            door,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=5,
        )
    )
    if not is_local:
        sys.stderr.write(
            f"Whoever reaches {host}:{port} can read all that is published:"
            " put a proxy in front of it.\n"
        )
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Data: http://{shown}:{port}/, explorer: http://{shown}:{port}/site/\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        server.run()


def _is_loopback(host: str) -> bool:
    """Return whether only this machine reaches a host."""
    try:
        address = socket.getaddrinfo(host, None)[0][4][0]
        return ipaddress.ip_address(address).is_loopback
    except (OSError, ValueError):
        return False
