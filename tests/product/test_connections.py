"""The Python of `docs/connections.md` runs as it stands there and prints what it says."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from warehouses import REPOSITORY, Built

PAGE = (REPOSITORY / "docs" / "connections.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^### (.+)\n(?:(?!^#).*\n)*?```python\n((?:.*\n)*?)```\n\n((?:    .+\n)+)", PAGE, re.M
)


def test_every_example_is_run() -> None:
    assert len(EXAMPLES) == PAGE.count("```python") == 4


@pytest.mark.parametrize(
    ("program", "printed"), [pytest.param(p, out, id=title) for title, p, out in EXAMPLES]
)
def test_the_example_prints_what_it_says(
    program: str, printed: str, repository_warehouse: Built, tmp_path: Path
) -> None:
    (tmp_path / "warehouse").symlink_to(repository_warehouse.warehouse)
    binaries = REPOSITORY / ".venv" / "bin"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == textwrap.dedent(printed)
