"""The commands work wherever the repository lies, and in whatever language the system speaks."""

import locale
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from warehouses import REPOSITORY, SONGJIANG, copied, environment

LISTED = ("build", "check", "docs", "explore", "files", "rollback", "serve", "superset", "test")
FUNCTION_T3 = "expenditure_by_function.csv"
DOCUMENT = REPOSITORY / "tests" / "documents" / f"{SONGJIANG}.txt"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository in a folder with spaces, quotes and Chinese in its name.

    The environment is that of the repository; a second one would take minutes.
    """
    folder = tmp_path_factory.mktemp("places") / "预算 仓库's \"%20#$HOME" / "budget"
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True
    )
    for name in os.fsdecode(tracked.stdout).split("\0"):
        source = REPOSITORY / name
        if name and source.is_file() and not name.startswith("tests/documents/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    for name in (".venv", ".uv"):
        (folder / name).symlink_to(REPOSITORY / name)
    return folder


def make_in(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a target of a checkout, with nothing said but what is given here."""
    outside = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS",)}
    for name in ("SEEDS", "WAREHOUSE", "DAGSTER_HOME", "SCRATCH", "SUPERSET_HOME", "PYTHONPATH"):
        outside.pop(name, None)
    return subprocess.run(
        ["make", "--no-print-directory", f"PYTHON={sys.executable}", *arguments],
        cwd=folder,
        env=outside | settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_checkout_may_lie_anywhere(checkout: Path) -> None:
    shutil.copy(DOCUMENT, checkout / "年 b's.txt")
    read = make_in(checkout, "read", "DOCUMENT=年 b's.txt")
    assert read.returncode == 0, read.stdout + read.stderr
    assert (checkout / "seeds" / "disclosures" / "年 b's" / FUNCTION_T3).exists()
    assert (checkout / ".dagster" / "dagster.yaml").exists()
    listed = make_in(checkout, "versions")
    assert listed.returncode == 0, listed.stdout + listed.stderr
    assert listed.stdout == f"Nothing is published in {checkout}/warehouse yet; run make build.\n"
    assert "build" in make_in(checkout, "help").stdout
    assert sorted(path.name for path in checkout.parent.iterdir()) == ["budget"]


@pytest.mark.parametrize("target", LISTED)
def test_every_recipe_quotes_what_users_name(checkout: Path, target: str) -> None:
    """No path of the checkout or of the user stands in a recipe, where a shell would split it."""
    printed = make_in(checkout, "--dry-run", target, f"WAREHOUSE={checkout}/a b").stdout
    assert printed
    assert str(checkout) not in printed
    assert subprocess.run(["sh", "-n"], input=printed, text=True, check=False).returncode == 0


def chinese(folder: Path) -> dict[str, str]:
    """The settings of a terminal in GBK, as half of the Chinese servers have it."""
    made = subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "GBK", "--no-archive", folder / "zh_CN.GBK"],
        capture_output=True,
        text=True,
        check=False,
    )
    if not (folder / "zh_CN.GBK" / "LC_CTYPE").exists():
        pytest.fail(
            "Nothing was tried in GBK, for want of the locale: apt-get install locales\n"
            + made.stderr,
            pytrace=False,
        )
    return {"LOCPATH": str(folder), "LC_ALL": "zh_CN.GBK"}


@pytest.mark.parametrize("language", ["GBK", "C", "POSIX", "", "xx_YY.UTF-8"])
def test_the_language_of_the_system_is_only_that_of_the_terminal(
    language: str, tmp_path: Path
) -> None:
    """Files are the same, and what the terminal cannot show is written in another way."""
    settings = chinese(tmp_path) if language == "GBK" else {"LC_ALL": language}
    document = tmp_path / "年度 预算é😀.txt"
    shutil.copy(DOCUMENT, document)
    clean = {
        name: value
        for name, value in environment(tmp_path / "种子", tmp_path / "仓库").items()
        if name not in ("LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING")
    }
    store = tmp_path / "种子" / "disclosures"
    reads = [sys.executable, "-m", "budget_warehouse", "read", str(document), "--into", str(store)]
    versions = [sys.executable, "-m", "budget_warehouse", "versions"]
    encoding = "gbk" if language == "GBK" else "utf-8"
    for command, words in ((reads, "年度 预算"), (versions, str(tmp_path / "仓库"))):
        ended = subprocess.run(
            command, cwd=REPOSITORY, env=clean | settings, capture_output=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        assert words in ended.stdout.decode(encoding)
        if command is reads:
            assert ("\\U0001f600" in ended.stdout.decode(encoding)) == (language == "GBK")
    (folder,) = store.iterdir()
    assert folder.name == "年度 预算é😀"
    rows = (folder / FUNCTION_T3).read_text(encoding="utf-8")
    assert "住房公积金" in rows
    assert locale.getlocale()  # of the tests themselves it changes nothing


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_what_is_read_is_for_readers_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    shutil.copy(DOCUMENT, tmp_path / "budget.txt")
    subprocess.run(
        [
            *(sys.executable, "-m", "budget_warehouse", "read", tmp_path / "budget.txt"),
            *("--into", tmp_path / "seeds" / "disclosures"),
        ],
        cwd=REPOSITORY,
        umask=umask,
        check=True,
    )
    assert_for_readers(tmp_path / "seeds")


def assert_for_readers(folder: Path) -> None:
    """Everybody may read what is there, and nobody else may write it."""
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    assert len(paths) > 1
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o755 == (0o755 if path.is_dir() else 0o644), (path, oct(mode))
        assert not mode & 0o022, (path, oct(mode))


def test_a_build_takes_names_that_mean_something_elsewhere(tmp_path: Path) -> None:
    """To a shell, to make, to SQL, in a URL, in a pattern; and under a strict umask and in GBK."""
    odd = tmp_path / "预算 %20 #1 '*[x]\"$HOME"
    seeds, warehouse, home = odd / "seeds '?#", odd / "warehouse", tmp_path / "预算 #1's \"$HOME"
    copied(SONGJIANG, seeds)
    clean = environment(seeds, warehouse, DAGSTER_HOME=str(home))
    built = subprocess.run(
        ["make", "--no-print-directory", f"PYTHON={sys.executable}", "build"],
        cwd=REPOSITORY,
        env={name: clean[name] for name in clean if name != "MAKEFLAGS"} | chinese(tmp_path),
        umask=0o077,
        capture_output=True,
        check=False,
    )
    summary, stages = built.stdout.decode("gbk"), built.stderr.decode("gbk")
    assert built.returncode == 0, summary + stages
    for expected in (
        "Disclosures   1",
        "38,993,676.17 yuan",
        "within_table",
        "5 error, 12 warning",
        str(warehouse / "budget.duckdb"),
        str(warehouse / "reports" / "index.html"),
        str(warehouse / "site" / "index.html"),
        str(warehouse / "exports"),
        "marts.expenditures",
    ):
        assert expected in summary
    assert re.findall(r"^ *\d+ s  (\w+)", stages, re.MULTILINE) == [
        *("Starting", "Reading", "Landing", "Computing", "Judging", "Publishing"),
        *("Writing", "Writing"),
    ]
    assert "\r" not in stages
    for part in ("reports", "site"):
        assert_for_readers(warehouse / part)
    for file in (warehouse / "exports").rglob("*"):
        assert file.stat().st_mode & 0o044 == 0o044
    for place in (warehouse, warehouse / "budget.duckdb"):
        assert stat.S_IMODE(place.stat().st_mode) == (0o755 if place.is_dir() else 0o644)
    assert (home / "dagster.yaml").read_text("utf-8").count("enabled: false") == 2
