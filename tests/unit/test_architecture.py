"""The rooms of the house: which may import which, and what each says of itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouses import REPOSITORY

# Each may import what stands after it, and nothing that stands before it.
ROOMS = (
    "cli",
    "dagster_project",
    "engines",
    "measures",
    "drafts",
    "review",
    "serving",
    "outputs",
    "reader",
    "build",
    "landing",
    "validation",
    "notifications",
    "contract",
    "storage",
    "commands",
    "settings",
)
PRODUCT = REPOSITORY / "budget_warehouse"
CODE = sorted([*PRODUCT.rglob("*.py"), *(REPOSITORY / "dagster_project").rglob("*.py")])
ENTRANCES = {PRODUCT / "__main__.py": "cli", PRODUCT / "__init__.py": "settings"}


def room(parts: tuple[str, ...]) -> str:
    """The room of a module of ours, by the parts of its name."""
    return parts[0] if parts[0] == "dagster_project" else parts[1]


def room_of(file: Path) -> str:
    return ENTRANCES.get(file) or room(file.relative_to(REPOSITORY).with_suffix("").parts)


def imports(file: Path) -> Iterator[tuple[str, ...]]:
    """List a file's imports, at its head or inside a function, by the parts of the names."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: write the whole name of a module"
            yield from ((*str(node.module).split("."), alias.name) for alias in node.names)


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_no_module_imports_what_stands_before_it(file: Path) -> None:
    own = ROOMS.index(room_of(file))
    ours = [name for name in imports(file) if name[0] in ("budget_warehouse", "dagster_project")]
    before = {".".join(name) for name in ours if ROOMS.index(room(name)) < own}
    assert before == set()


def test_only_the_orchestration_knows_dagster() -> None:
    for file in PRODUCT.rglob("*.py"):
        names = {name[0] for name in imports(file)}
        assert not {name for name in names if name.startswith("dagster_") or name == "dagster"} - (
            {"dagster_project"} if room_of(file) == "cli" else set()
        ), file


@pytest.mark.parametrize(
    "package",
    sorted({file.parent for file in CODE}),
    ids=lambda folder: str(folder.relative_to(REPOSITORY)),
)
def test_each_room_says_what_it_is_and_what_does_not_belong_in_it(package: Path) -> None:
    tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
    what, _, what_not = (ast.get_docstring(tree) or "").partition("\n\n")
    assert what.endswith(".")
    assert "\n" not in what
    assert "not belong" in what_not


def test_the_engine_is_chosen_once() -> None:
    askers = {
        str(file.relative_to(REPOSITORY))
        for file in CODE
        if "is_on_spark" in file.read_text(encoding="utf-8")
        or "SPARK_REMOTE" in file.read_text(encoding="utf-8")
        or ".spark_remote" in file.read_text(encoding="utf-8")
    }
    assert {file for file in askers if not file.startswith("budget_warehouse/engines/")} <= {
        "budget_warehouse/settings.py"
    }


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_no_module_is_too_long_to_be_read(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400
