"""The machine and the commit that something is measured on, and what else the machine does."""

import os
import platform
import subprocess
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.storage.warehouse import ROOT

_IDLE = slice(3, 5)  # idle and waiting for disks, among the columns of /proc/stat
_COUNTED_ONCE = slice(0, 8)  # what guests use is counted in user already


def machine() -> dict[str, Any]:
    """Return what a reader must know of it to compare figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(),
        "memory_gibibytes": round(memory / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
    }


def commit() -> str:
    """Return the commit that stands, shortened."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.strip()


def busy_seconds() -> float:
    """Return the CPU seconds that all processes have used since the machine was started."""
    first = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    ticks = list(map(int, first.split()[1:]))
    return (sum(ticks[_COUNTED_ONCE]) - sum(ticks[_IDLE])) / os.sysconf("SC_CLK_TCK")
