"""A person sees bars, a log sees lines, and a run at night sees neither."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from budget_warehouse.landing.shares import in_shares
from budget_warehouse.storage import progress as module
from budget_warehouse.storage.progress import progress, show, stage


@pytest.fixture(autouse=True)
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_shown_on", None)
    monkeypatch.setattr(module, "_SHORT", 0)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ends = os.openpty()
    yield ends
    for end in ends:
        os.close(end)


def shown(screen: int) -> str:
    """All that a terminal was sent."""
    os.set_blocking(screen, False)
    content = b""
    with suppress(BlockingIOError):
        while part := os.read(screen, 4096):
            content += part
    return content.decode()


def work() -> list[int]:
    stage("Reading the inbox")
    return [number for number in progress(range(3), "Reading", "document")]


def test_a_log_gets_a_line_for_each_stage(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        show(log)
        assert work() == [0, 1, 2]
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert text.endswith(" s  Reading the inbox\n")
    assert text.count("\n") == 1 and "\r" not in text


def test_a_terminal_gets_bars(terminal: tuple[int, int]) -> None:
    with os.fdopen(os.dup(terminal[1]), "w", encoding="utf-8") as screen:
        show(screen)
        assert work() == [0, 1, 2]
        assert list(in_shares(list, range(60), 100, "Landing", "folder")) == [list(range(60))]
    text = shown(terminal[0])
    assert "Reading the inbox" in text
    assert "0/3" in text
    assert "document" in text
    assert "Landing" in text and "/60" in text


def test_a_run_at_night_shows_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert work() == [0, 1, 2]
    sys.stderr.flush()
    assert capfd.readouterr() == ("", "")
