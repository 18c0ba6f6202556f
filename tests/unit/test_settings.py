"""A command looks at its settings first and answers with one sentence that says what to do."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouses import REPOSITORY, environment, make

from budget_warehouse.commands import look
from budget_warehouse.settings import ROOT, SettingError, Settings, variables


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "seeds" / "disclosures").mkdir(parents=True)
    return tmp_path / "seeds"


@pytest.fixture(autouse=True)
def places(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in variables():
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.setenv("SEEDS", str(seeds))
    monkeypatch.setenv("WAREHOUSE", str(seeds.parent / "warehouse"))


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


BAD_VALUES = [
    ("STRICT", "yes", "write 1 for yes"),
    ("FULL", "2", "write 1 for yes"),
    ("MEMORY_LIMIT", "much", "such as 4GB"),
    ("PORTION", "0", "such as 20000"),
    ("PORTION", "１千", "such as 20000"),
    ("SHOWN_DISCLOSURES", "-1", "such as 1000"),
    ("EXPORTED_ROWS", "1e6", "such as 1048575"),
    ("POSTGRES_URL", "mysql://user:s3cret@host/database", "write it as postgresql://"),
    ("POSTGRES_URL", "postgresql://user:s3cret@host:port/database", "write it as postgresql://"),
    ("DAGSTER_POSTGRES_URL", "s3cret", "write it as postgresql://"),
    ("REBUILD_CRON", "at two", "such as 0 2 * * *"),
    ("REBUILD_QUIET_SECONDS", "soon", "such as 120"),
    ("RECORDS_KEPT_DAYS", "", None),
    ("RECORDS_KEPT_DAYS", "a month", "such as 30"),
    ("SEEDS", "/nowhere", r"Cannot read /nowhere/disclosures .* point SEEDS at"),
    ("SEEDS", __file__, r"Cannot read .* point SEEDS at"),
    ("WAREHOUSE", __file__, "which is a file|is a file; name a folder"),
    ("WAREHOUSE", f"{__file__}/warehouse", "is a file; name a folder"),
    ("WAREHOUSE", "/proc/warehouse", "cannot be written to|name a folder"),
    ("WAREHOUSE", "/tmp/a?b", "question mark.* name another folder"),
    ("DAGSTER_HOME", "/tmp/a%20b", "such as %20 .* name another folder"),
    ("DAGSTER_HOME", __file__, "which is a file; name a folder"),
    ("INBOX", "/nowhere", "which is not there; name the folder"),
    ("INBOX", __file__, "which is a file; name the folder"),
]


@pytest.mark.parametrize(
    ("name", "value", "sentence"), BAD_VALUES, ids=lambda value: str(value)[:20]
)
def test_a_bad_value_gets_its_sentence(
    name: str, value: str, sentence: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "WAREHOUSE" and value.startswith("/proc"):
        monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    monkeypatch.setenv(name, value)
    if sentence is None:
        look("build")
        return
    with pytest.raises(SettingError, match=sentence) as refusal:
        look("build")
    message = str(refusal.value)
    assert "\n" not in message
    assert message.startswith((name, "Cannot read", "/proc"))
    assert "s3cret" not in message


def test_what_is_right_is_typed(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRICT", "1")
    monkeypatch.setenv("PORTION", "7")
    monkeypatch.setenv("POSTGRES_URL", "postgresql://user:p%40ss@127.0.0.1:5432/marts")
    settings = look("build")
    assert (settings.strict, settings.full, settings.batch_size) == (True, False, 7)
    assert settings.seeds == seeds
    assert settings.postgres_url.endswith("/marts")


def test_seeds_may_come_out_of_the_inbox(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (seeds / "disclosures").rmdir()
    with pytest.raises(SettingError, match="point SEEDS at"):
        look("build")
    inbox = seeds.parent / "inbox"
    inbox.mkdir()
    (inbox / "budget.pdf").write_bytes(b"%PDF")
    look("build")


COMMANDS = [
    (["build"], {"STRICT": "yes"}),
    (["build"], {"SEEDS": "/nowhere"}),
    (["versions"], {"WAREHOUSE": __file__}),
    (["rollback", "20010101T000000Z"], {}),
    (["read", "/nowhere/budget.pdf"], {}),
    (["explore"], {"SEEDS": "/nowhere"}),
    (["files"], {"MEMORY_LIMIT": "much"}),
    (["publish-postgres"], {}),
]


@pytest.mark.parametrize(("command", "given"), COMMANDS, ids=lambda value: str(value)[:50])
def test_a_command_ends_with_one_sentence(
    command: list[str], given: dict[str, str], seeds: Path
) -> None:
    """Before it has imported anything that takes long."""
    script = (
        "import runpy, sys\n"
        f"sys.argv = ['budget', *{command!r}]\n"
        "try:\n"
        f"    runpy.run_module('budget_warehouse', run_name='__main__', alter_sys=True)\n"
        "finally:\n"
        "    loaded = {'dagster', 'dbt', 'great_expectations', 'pdfplumber'} & sys.modules.keys()\n"
        "    assert not loaded, loaded\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env=environment(seeds, seeds.parent / "warehouse") | given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    message = ended.stdout + ended.stderr
    assert ended.returncode == 1, message
    assert message.count("\n") == 1 and message.endswith((".\n", "make build\n")), message
    assert not (seeds.parent / "warehouse").exists()


TARGETS = [
    ("build", ["SEEDS=/nowhere"], "point SEEDS at a readable folder"),
    ("build", ["FULL=yes"], "write 1 for yes"),
    ("serve", ["PORT=three"], "write a number from 1 to 65535"),
    ("serve", ["HOST=nowhere.invalid"], "no address of this machine"),
    ("superset", ["PORT=99999"], "write a number from 1 to 65535"),
    ("read", [], "make read DOCUMENT="),
    ("read", ["DOCUMENT=/nowhere/预算 a.pdf"], "There is no /nowhere/预算 a.pdf;"),
    ("read-again", ["SEEDS=/nowhere"], "/nowhere/disclosures is not there;"),
    ("rollback", [], "make rollback VERSION="),
    ("rollback", ["VERSION=yesterday"], "`make versions` lists those that are."),
    ("explore", ["ORGANIZATION=财政局", "SEEDS=/nowhere"], "point SEEDS at a readable folder"),
    ("publish-postgres", [], "make publish-postgres POSTGRES_URL="),
    ("docs", ["WAREHOUSE=/etc/hostname"], "which is a file|is a file; name a folder"),
]


@pytest.mark.parametrize(("target", "given", "sentence"), TARGETS, ids=str)
def test_a_target_is_refused_before_anything_is_installed(
    target: str, given: list[str], sentence: str, tmp_path: Path
) -> None:
    ended = make(target, f"WAREHOUSE={tmp_path / 'warehouse'}", *given, "PYTHON=" + sys.executable)
    assert ended.returncode == 2
    message, made = ended.stderr.splitlines()
    assert re.search(sentence, message), message
    assert re.match(r"make(\[\d+\])?: \*\*\*", made)  # with a level where make runs the tests
    assert ended.stdout == ""
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.parametrize("target", ["serve", "superset"])
def test_a_taken_port_is_said_with_a_free_one(target: str, taken: int, tmp_path: Path) -> None:
    ended = make(target, f"PORT={taken}", f"WAREHOUSE={tmp_path}")
    assert ended.returncode == 2
    message, _ = ended.stderr.splitlines()
    hint = re.fullmatch(
        rf"Port {taken} of 127.0.0.1 is taken; choose another: PORT=(\d+)\.", message
    )
    assert hint, message
    with socket.socket() as free:
        free.bind(("127.0.0.1", int(hint[1])))


def test_the_documentation_lists_every_variable_with_its_default() -> None:
    text = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    settings = text.partition("## Settings")[2].partition("## ")[0]
    alerts = [line for line in text.splitlines() if line.startswith("| `ALERT_")]
    rows = {
        name: row
        for row in [*re.findall(r"^\| `[A-Z].*\|$", settings, re.MULTILINE), *alerts]
        for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])
    }
    of_commands = {"HOST", "PORT"}
    assert rows.keys() - of_commands == {variable.name for variable in variables()}
    for variable in variables():
        default = variable.default
        if Path(default).is_relative_to(ROOT):
            default = str(Path(default).relative_to(ROOT))
        *_, stated, _ = rows[variable.name].split("|")
        assert default in stated, variable.name
    assert Settings.from_environment({}).seeds == ROOT / "seeds"
