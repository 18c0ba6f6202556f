"""The environment comes from the mirror that is set, file by file as the lock has it."""

import base64
import functools
import hashlib
import os
import runpy
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warehouses import REPOSITORY

INSTALL = REPOSITORY / "deploy" / "install.py"
NAME = "tiny"
WHEEL = f"{NAME}-1.0-py3-none-any.whl"
PYPROJECT = f"""
[project]
name = "project"
version = "0"
requires-python = ">=3.11"
dependencies = ["{NAME}==1.0"]

[tool.uv]
package = false
"""


@contextmanager
def mirror(folder: Path, module: str) -> Iterator[tuple[str, list[str]]]:
    """A package index on loopback with one small wheel, and what was asked of it."""
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, _: str, *arguments: object) -> None:
            asked.append(str(arguments[0]))

    files = folder / "simple" / NAME
    files.mkdir(parents=True)
    information = f"{NAME}-1.0.dist-info"
    parts = {
        f"{NAME}.py": module,
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(files / WHEEL, "w") as wheel:
        record = ""
        for name, text in parts.items():
            wheel.writestr(zipfile.ZipInfo(name), text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
            record += f"{name},sha256={digest.rstrip('=')},{len(text)}\n"
        wheel.writestr(zipfile.ZipInfo(f"{information}/RECORD"), record)
    sha256 = hashlib.sha256((files / WHEEL).read_bytes()).hexdigest()
    link = f'<a href="{WHEEL}#sha256={sha256}">{WHEEL}</a>'
    (files / "index.html").write_text(link, encoding="ascii")
    handler = functools.partial(Handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple", asked
        server.shutdown()


def install(project: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Set up the environment of a project in its folder, with no memory of other packages."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    return subprocess.run(
        [sys.executable, INSTALL, "--project", project, "--environment", project / "environment"],
        env=clean | {"UV_CACHE_DIR": str(project / "cache"), "HOME": str(project)} | settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose lock names PyPI and the sum of the wheel that says 1."""
    folder = tmp_path / "预算 project's"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    with mirror(tmp_path / "first", "ONE = 1\n") as (index, _):
        subprocess.run(
            [
                *(REPOSITORY / ".uv" / "bin" / "uv", "lock", "--quiet", "--no-config"),
                *("--default-index", index, "--python", sys.executable, "--project", folder),
            ],
            env=os.environ | {"UV_CACHE_DIR": str(tmp_path / "cache")},
            check=True,
        )
        lock = folder / "uv.lock"
        locked = lock.read_text(encoding="utf-8").replace(index, "https://pypi.org/simple")
    assert "https://pypi.org/simple" in locked
    lock.write_text(locked, encoding="utf-8")
    return folder


@pytest.mark.parametrize("variable", ["UV_DEFAULT_INDEX", "PIP_INDEX_URL"])
def test_the_files_come_from_the_mirror(variable: str, project: Path, tmp_path: Path) -> None:
    with mirror(tmp_path / "second", "ONE = 1\n") as (index, asked):
        ended = install(project, **{variable: index})
    assert ended.returncode == 0, ended.stderr
    assert any(WHEEL in request for request in asked)
    python = project / "environment" / "bin" / "python"
    subprocess.run([python, "-c", f"import {NAME}; assert {NAME}.ONE == 1"], check=True)


def test_a_file_that_is_not_the_locked_one_is_refused(project: Path, tmp_path: Path) -> None:
    with mirror(tmp_path / "second", "ONE = 2\n") as (index, asked):
        ended = install(project, UV_DEFAULT_INDEX=index)
    assert ended.returncode != 0
    assert any(WHEEL in request for request in asked)
    assert "hash mismatch" in ended.stderr.lower()
    assert not list((project / "environment").rglob(f"{NAME}.py"))


def test_a_lock_that_does_not_fit_is_not_installed(project: Path, tmp_path: Path) -> None:
    (project / "pyproject.toml").write_text(PYPROJECT.replace("1.0", "2.0"), encoding="utf-8")
    ended = install(project, UV_DEFAULT_INDEX="http://127.0.0.1:9/simple")
    assert ended.returncode != 0
    assert "does not fit its pyproject.toml" in ended.stderr
    assert not (project / "environment").exists()


@pytest.fixture
def index_of_uv() -> Callable[[dict[str, str]], str]:
    index: Callable[[dict[str, str]], str] = runpy.run_path(str(INSTALL))["index_of_uv"]
    return index


@pytest.mark.parametrize(
    "configuration",
    [
        'index-url = "https://mirror.example/simple"',
        '[[index]]\nurl = "https://mirror.example/simple"\ndefault = true',
        '[pip]\nindex-url = "https://mirror.example/simple"',
    ],
)
def test_the_mirror_of_uv_toml_is_known_before_uv_is_there(
    configuration: str, index_of_uv: Callable[[dict[str, str]], str], tmp_path: Path
) -> None:
    (tmp_path / "uv").mkdir()
    (tmp_path / "uv" / "uv.toml").write_text(configuration, encoding="utf-8")
    assert index_of_uv({"XDG_CONFIG_HOME": str(tmp_path)}) == "https://mirror.example/simple"
    named = {"UV_DEFAULT_INDEX": "near=https://near.example/simple"}
    assert index_of_uv({"XDG_CONFIG_HOME": str(tmp_path)} | named) == "https://near.example/simple"


def test_the_mirror_of_pip_is_the_one_that_pip_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of_pip = runpy.run_path(str(INSTALL))["index_of_pip"]
    for name in ("PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://mirror.example/simple\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    assert index_of_pip() == "https://mirror.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://near.example/simple")
    assert index_of_pip() == "https://near.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://pypi.org/simple/")
    assert index_of_pip() == ""


def test_the_chart_library_comes_from_the_registry_of_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from budget_warehouse.outputs.explorer.echarts import registry

    for name in [name for name in os.environ if name.lower() == "npm_config_registry"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert registry() == "https://registry.npmjs.org"
    (tmp_path / ".npmrc").write_text("registry=https://mirror.example/\n", encoding="utf-8")
    assert registry() == "https://mirror.example/"
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://near.example/")
    assert registry() == "https://near.example/"
