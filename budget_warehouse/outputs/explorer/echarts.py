"""Apache ECharts, taken out of its npm package into the environment and checked, without node.

`make install` fetches what `echarts.json` locks.
"""

import base64
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

_LOCK = json.loads(Path(__file__).with_name("echarts.json").read_text(encoding="utf-8"))

LIBRARY = Path(sys.prefix) / "share" / f"echarts-{_LOCK['version']}.min.js"


class LibraryError(Exception):
    """The package cannot be had, or is not the one that is locked."""


def registry() -> str:
    """Return the registry that npm is set to, in the environment or in the user's file."""
    for name, value in os.environ.items():
        if name.lower() == "npm_config_registry" and value:
            return value
    file = Path.home() / ".npmrc"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    set_there = re.findall(r"^\s*registry\s*=\s*[\"']?([^\s\"']+)", text, re.MULTILINE)
    return set_there[-1] if set_there else "https://registry.npmjs.org"


def fetch(registry: str, library: Path = LIBRARY) -> None:
    """Write the library out of the package that a registry serves.

    Proxies and certificates are those of the environment (`https_proxy`, `SSL_CERT_FILE`).

    Raises:
        LibraryError: the registry does not answer, or its package has another checksum.
    """
    fetch_package(registry, _LOCK, library)


def fetch_package(registry: str, lock: dict[str, str], library: Path) -> None:
    """Write one file of an npm package, which `lock` names with its version and checksum.

    Raises:
        LibraryError: the registry does not answer, or its package has another checksum.
    """
    name, version = lock["name"], lock["version"]
    url = f"{registry.rstrip('/')}/{name}/-/{name}-{version}.tgz"
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            package = answer.read()
    except (OSError, urllib.error.URLError) as error:
        raise LibraryError(
            f"{url} cannot be fetched ({error}); name a registry that can be reached in"
            " npm_config_registry and run make install again."
        ) from error
    algorithm, _, expected = lock["integrity"].partition("-")
    if base64.b64encode(hashlib.new(algorithm, package).digest()).decode() != expected:
        raise LibraryError(
            f"{url} is not the package that is locked (another checksum):"
            " look at what the registry in npm_config_registry serves."
        )
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        member = archive.extractfile(lock["file"])
        assert member is not None  # the checksum says what is in it
        content = member.read()
    library.parent.mkdir(parents=True, exist_ok=True)
    part = library.with_suffix(".part")
    part.write_bytes(content)
    os.replace(part, library)
