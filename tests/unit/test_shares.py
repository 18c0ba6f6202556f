"""Work in shares: nothing is done twice or left out, and what goes wrong in a process is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.waiting import HANGING
from budget_warehouse.landing.shares import ShareLostError, in_shares
from budget_warehouse.storage.warehouse import ROOT


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)


def whose(share: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), list(share)


def failing(share: Sequence[int]) -> None:
    if 4 in share:
        raise FileNotFoundError(2, "gone", "four.csv")


def killed(share: Sequence[int]) -> None:
    if 4 in share:
        os.kill(os.getpid(), signal.SIGKILL)


def test_shares_are_in_order_and_by_processes_of_their_own() -> None:
    shares = list(in_shares(whose, range(10), least=3))
    assert [number for _, share in shares for number in share] == list(range(10))
    assert len({process for process, _ in shares} - {os.getpid()}) == 3


def test_little_work_is_done_here() -> None:
    assert list(in_shares(whose, range(5), least=3)) == [(os.getpid(), list(range(5)))]
    assert list(in_shares(whose, [], least=3)) == [(os.getpid(), [])]


def test_what_a_share_raises_is_raised() -> None:
    with pytest.raises(FileNotFoundError) as raised:
        list(in_shares(failing, range(10), least=3))
    assert raised.value.filename == "four.csv"


def test_a_killed_process_is_no_empty_share() -> None:
    with pytest.raises(ShareLostError, match="build again"):
        list(in_shares(killed, range(10), least=3))


def test_a_process_that_dies_before_it_hears_of_its_work_is_told(tmp_path: Path) -> None:
    """A share larger than what a pipe holds must not be waited for by nobody."""
    script = tmp_path / "dies_when_imported.py"
    script.write_text(
        "import os, sys\n"
        "from budget_warehouse.landing.shares import ShareLostError, in_shares\n"
        "if __name__ != '__main__':\n"
        "    os._exit(1)\n"
        "os.cpu_count = lambda: 3\n"
        "try:\n"
        "    list(in_shares(len, [str(number) for number in range(300_000)], least=3))\n"
        "except ShareLostError:\n"
        "    sys.exit('lost')\n"
    )
    ended = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ended.returncode, ended.stderr.strip()) == (1, "lost")
