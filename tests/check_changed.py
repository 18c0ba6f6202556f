"""Check what differs from origin/main in seconds: python tests/check_changed.py.

Python files are linted and the whole program is type-checked, which mypy remembers; models are
linted; a changed macro, description or reference list has dbt parse the project. `make check`
checks everything.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_REPOSITORY = Path(__file__).parents[1]
_BINARIES = Path(sys.executable).parent

Command = list[str]


def main() -> int:
    """Run the checks of what changed, Python beside SQL; 1 where one fails."""
    changed = changed_files()
    lanes = [lane for lane in (python_checks(changed), sql_checks(changed)) if lane]
    if not lanes:
        print("Nothing to check differs from origin/main.")
        return 0
    with ThreadPoolExecutor(len(lanes)) as pool:
        return max(pool.map(_run, lanes))


def changed_files() -> list[str]:
    """Files that are there and differ from where the branch left origin/main, or are new."""
    fork = _git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    differing = _git("diff", "--name-only", "--diff-filter=d", *fork)
    return sorted({*differing, *_git("ls-files", "--others", "--exclude-standard")})


def python_checks(changed: list[str]) -> list[Command]:
    """Lint and format what changed; check the types of all."""
    files = [name for name in changed if name.endswith(".py")]
    checks = []
    if files:
        checks += [_tool("ruff", "check", *files), _tool("ruff", "format", "--check", *files)]
    if files or "pyproject.toml" in changed:
        checks.append(_tool("mypy"))
    return checks


def sql_checks(changed: list[str]) -> list[Command]:
    """Lint the models and tests that changed; parse where what they are made of changed."""
    project = [name for name in changed if name.startswith("dbt_project/")]
    lists = [name for name in changed if name.startswith("seeds/reference/")]
    linted = ("dbt_project/models/", "dbt_project/tests/")
    models = [name for name in project if name.startswith(linted) and name.endswith(".sql")]
    checks = []
    if lists or any(name not in models for name in project):
        checks.append(_tool("dbt", "--quiet", "parse", "--target", "lint", "--warn-error"))
    if lists:
        checks.append(_tool("budget", "check-lists"))
    if models:
        checks.append([sys.executable, "tests/lint_sql.py", *models])
    return checks


def _tool(name: str, *arguments: str) -> Command:
    return [str(_BINARIES / name), *arguments]


def _git(*arguments: str) -> list[str]:
    run = subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments],
        cwd=_REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return run.stdout.splitlines()


def _run(lane: list[Command]) -> int:
    """Run one check after the other; print what each says once it has ended."""
    failed = 0
    for command in lane:
        run = subprocess.run(
            command,
            cwd=_REPOSITORY / "dbt_project" if command[0].endswith("/dbt") else _REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        name = Path(next(part for part in command if part != sys.executable)).name
        sys.stdout.write(f"{name}: {'failed' if run.returncode else 'passed'}\n")
        if run.returncode:
            sys.stdout.write(run.stdout)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
