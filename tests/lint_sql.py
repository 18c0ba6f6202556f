"""Lint models and data tests as `sqlfluff lint` does: python tests/lint_sql.py [model.sql …].

It finds the same and takes a third of the CPU seconds: the layout rules share one map of a file,
workers collect garbage once a file, and a file that was found clean as dbt renders it today is not
linted again. A file that could not be linted fails, where sqlfluff only warns.
"""

import gc
import hashlib
import multiprocessing
import os
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sqlfluff.core import FluffConfig, Linter
from sqlfluff.core.linter.common import RenderedFile
from sqlfluff.core.linter.runner import SequentialRunner
from sqlfluff.core.parser import BaseSegment
from sqlfluff.core.rules.base import RulePack
from sqlfluff.utils.reflow.sequence import ReflowSequence

_REPOSITORY = Path(__file__).parents[1]
_PROJECT = _REPOSITORY / "dbt_project"
_CLEAN = _REPOSITORY / ".sqlfluff_cache" / "clean.txt"
_WORKERS = 2


class Task(NamedTuple):
    """A rendered file, the rules to lint it by, and the key under which it is known once clean."""

    rendered: RenderedFile
    rules: RulePack
    key: str


class Result(NamedTuple):
    """The findings in a file; a file without any is remembered by its key."""

    name: str
    key: str
    findings: list[str]


def main(files: list[str]) -> int:
    """Lint these files, or all; print each finding, and return 1 where there are some."""
    os.chdir(_REPOSITORY)
    if absent := [file for file in files if not Path(file).is_file()]:
        print(f"There is no {', '.join(absent)}; name files from the folder of the repository.")
        return 1
    everything = sorted(
        str(file)
        for folder in ("models", "tests")
        for file in (_PROJECT / folder).rglob("*.sql")
        if file.parent.name != "generic"  # macros: dbt renders them where they are called
    )
    asked = {str(Path(file).resolve()) for file in files}
    names = [name for name in everything if not files or name in asked]
    known = set(_CLEAN.read_text().split()) if _CLEAN.exists() else set()
    clean = set() if names == everything else set(known)
    done: set[str] = set()
    # The workers are forked before dbt starts threads.
    with multiprocessing.get_context("fork").Pool(_WORKERS, _start_worker) as pool:
        tasks = _tasks(names, known, clean, done)
        failed = 0
        for result in pool.imap_unordered(_lint, tasks):
            done.add(result.name)
            if not result.findings:
                clean.add(result.key)
            for finding in result.findings:
                print(f"{Path(result.name).relative_to(_REPOSITORY)}:{finding}")
                failed = 1
    for name in sorted(set(names) - done):
        print(f"{name}: could not be linted")
        failed = 1
    _CLEAN.parent.mkdir(exist_ok=True)
    _CLEAN.with_suffix(".new").write_text("\n".join(sorted(clean)))
    _CLEAN.with_suffix(".new").replace(_CLEAN)
    return failed


def _tasks(names: list[str], known: set[str], clean: set[str], done: set[str]) -> Iterator[Task]:
    """Render one file after the other, and pass on those that are not known as clean."""
    config = FluffConfig.from_root()
    linter = Linter(config=config)
    settings = _settings()
    for name, rendered in SequentialRunner(linter, config).iter_rendered(names):
        key = _key(settings, rendered)
        if key in known:
            clean.add(key)
            done.add(name)
        else:
            yield Task(rendered, linter.get_rulepack(config=rendered.config), key)


def _settings() -> str:
    """Return what findings depend on beside the file: versions, configuration, this script."""
    versions = [version(name) for name in ("sqlfluff", "sqlfluffrs", "sqlfluff-templater-dbt")]
    project = tomllib.loads((_REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    script = Path(__file__).read_text(encoding="utf-8")
    return repr((versions, project["tool"]["sqlfluff"], script))


def _key(settings: str, rendered: RenderedFile) -> str:
    """Name a file by all that its findings follow from."""
    variants = [
        (variant.templated_str, variant.sliced_file, variant.raw_sliced)
        for variant in rendered.templated_variants
    ]
    content = (settings, rendered.source_str, variants, rendered.templater_violations)
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _start_worker() -> None:
    gc.freeze()
    gc.disable()
    share_sequences()


def share_sequences() -> None:
    """Give the layout rules one sequence of a file: linting changes neither it nor the file."""
    make = ReflowSequence.from_root
    latest: list[tuple[BaseSegment, FluffConfig, ReflowSequence]] = []

    def from_root(root_segment: BaseSegment, config: FluffConfig) -> ReflowSequence:
        if not latest or latest[0][0] is not root_segment or latest[0][1] is not config:
            latest[:] = [(root_segment, config, make(root_segment, config))]
        return latest[0][2]

    ReflowSequence.from_root = staticmethod(from_root)  # type: ignore[method-assign]


def _lint(task: Task) -> Result:
    linted = Linter.lint_rendered(task.rendered, task.rules, False, None)
    findings = [
        f"{violation.line_no}:{violation.line_pos}: {violation.rule_code()} {violation.desc()}"
        for violation in linted.get_violations()
    ]
    result = Result(task.rendered.fname, task.key, findings)
    del linted
    gc.collect()
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
