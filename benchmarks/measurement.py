"""One process measured as a whole: its CPU seconds, wall seconds and memory, children included."""

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 0.2  # seconds between two looks at the process and its children
_MOST = os.sysconf("SC_PHYS_PAGES") * _PAGE - 2 * 2**30  # bytes: more would take the machine down


@dataclass(frozen=True)
class Look:
    """The use of a process and its children until then; pages that two share count twice."""

    at: float
    cpu_seconds: float
    resident_bytes: int


@dataclass(frozen=True)
class Measurement:
    """The output and use of a process. The system counts CPU seconds, also of ended children."""

    status: int
    output: str
    started_at: float
    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    looks: tuple[Look, ...]

    def cpu_seconds_at(self, at: float) -> float:
        """Return the CPU seconds used until a time, by the look next to it."""
        return min(self.looks, key=lambda look: abs(look.at - at)).cpu_seconds

    def figures(self) -> dict[str, float]:
        """Return what the results say of it."""
        return {
            "cpu_seconds": round(self.cpu_seconds, 2),
            "wall_seconds": round(self.wall_seconds, 2),
            "peak_mebibytes": round(self.peak_bytes / 2**20),
        }


def measured(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    folder: Path | None = None,
    limit: float | None = None,
) -> Measurement:
    """Run a command to its end, in a folder or in the one that the benchmark was started in.

    One that wants nearly all memory of the machine gets an error; one that takes more seconds than
    the limit is ended.
    """
    looks: list[Look] = []
    ended = threading.Event()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        started_at = time.time()
        process = subprocess.Popen(
            list(map(str, command)),
            env=dict(environment),
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MOST, _MOST))
        watching = threading.Thread(target=_watch, args=(process.pid, looks, ended))
        watching.start()
        ending = threading.Timer(limit or threading.TIMEOUT_MAX, process.terminate)
        ending.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall_seconds = time.time() - started_at
        finally:  # who interrupts a benchmark wants it to end
            ending.cancel()
            ended.set()
            watching.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    cpu_seconds = usage.ru_utime + usage.ru_stime
    looks.append(Look(started_at + wall_seconds, cpu_seconds, 0))
    return Measurement(
        process.returncode,
        text,
        started_at,
        wall_seconds,
        cpu_seconds,
        max(usage.ru_maxrss * 1024, *(look.resident_bytes for look in looks)),
        tuple(looks),
    )


def one_after_the_other(measurements: Sequence[Measurement]) -> Measurement:
    """Return what processes that followed each other used, as if they had been one."""
    first, last = measurements[0], measurements[-1]
    return Measurement(
        last.status,
        "".join(measurement.output for measurement in measurements),
        first.started_at,
        sum(measurement.wall_seconds for measurement in measurements),
        sum(measurement.cpu_seconds for measurement in measurements),
        max(measurement.peak_bytes for measurement in measurements),
        last.looks if first is last else (),
    )


def _watch(process: int, looks: list[Look], ended: threading.Event) -> None:
    while not ended.wait(_PAUSE):
        looks.append(look(process))


def look(process: int) -> Look:
    """Return the process and its children as /proc shows them now."""
    parents: dict[int, int] = {}
    used: dict[int, tuple[float, int]] = {}
    for number in filter(str.isdecimal, os.listdir("/proc")):  # noqa: PTH208  a hundred at a time
        try:
            with open(f"/proc/{number}/stat", "rb") as file:  # noqa: PTH123
                fields = file.read().rpartition(b")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        parents[int(number)] = int(fields[1])
        cpu_ticks = sum(map(int, fields[11:15]))  # its own and those of children that ended
        used[int(number)] = (cpu_ticks / _TICKS, int(fields[21]) * _PAGE)
    tree = _with_children(process, parents)
    return Look(
        time.time(),
        sum(used[member][0] for member in tree),
        sum(used[member][1] for member in tree),
    )


def _with_children(process: int, parents: Mapping[int, int]) -> set[int]:
    """Return a process with its children, their children and so on."""
    tree = {process} & parents.keys()
    generation: Iterable[int] = tree
    while generation := {child for child, parent in parents.items() if parent in generation}:
        tree |= generation
    return tree
