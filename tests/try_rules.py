"""Try the unit tests of dbt's models in seconds: python tests/try_rules.py [pl_03 narrative …].

The relations that the models read stand empty in `.rules/`: dbt takes the types of made-up rows
from them. They are made again when a model that is no rule, a macro or a reference list changes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from warehouses import REPOSITORY, SEEDS

from budget_warehouse.landing.landing import land

_FOLDER = REPOSITORY / ".rules"
_EMPTY = _FOLDER / "empty"
_DBT_PROJECT = REPOSITORY / "dbt_project"
_RULES = _DBT_PROJECT / "models" / "reconciliations"


def main(asked: list[str]) -> int:
    """Run the unit tests of what is asked for, by rule or family; of every model without."""
    if not _is_current():
        made = _make_empty()
        if made:
            return made
    selection = [f"test_type:unit,{selected}" for name in asked for selected in _selectors(name)]
    return _dbt("test", "--select", *(selection or ["test_type:unit"]))


def _selectors(name: str) -> Iterator[str]:
    """Yield how dbt selects a rule by its code, or a family or model by its name."""
    code = name.lower().replace("-", "_")
    rules = [rule.stem for rule in _RULES.glob(f"*/{code}_*.sql")]
    if rules:
        yield from rules
    elif (_RULES / name).is_dir():
        yield f"path:models/reconciliations/{name}"
    else:
        yield name


def _is_current() -> bool:
    if not _EMPTY.exists():
        return False
    made = _EMPTY.stat().st_mtime
    read = (
        path
        for folder in (_DBT_PROJECT / "models", _DBT_PROJECT / "macros", SEEDS / "reference")
        for path in folder.rglob("*.*")
        if path.suffix in (".sql", ".csv") and not _is_rule(path)
    )
    return all(path.stat().st_mtime < made for path in read)


def _is_rule(path: Path) -> bool:
    return path.parent.parent == _RULES and path.parent.name != "inputs"


def _make_empty() -> int:
    shutil.rmtree(_FOLDER, ignore_errors=True)
    land(SEEDS, _FOLDER / "landing.duckdb")
    status = _dbt("--quiet", "build", "--empty", "--exclude-resource-type", "unit_test", "test")
    if not status:
        _EMPTY.touch()
    return status


def _dbt(*arguments: str) -> int:
    dbt = Path(sys.executable).with_name("dbt")
    environment = os.environ | {"WAREHOUSE": str(_FOLDER), "REFERENCE": "../seeds/reference"}
    target = ["--target-path", str(_FOLDER / "target")]
    return subprocess.run(
        [dbt, *arguments, *target], cwd=_DBT_PROJECT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
