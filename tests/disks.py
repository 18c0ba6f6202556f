"""Small disks that are mounted for a test or a soak, as root on Linux."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Mount a separate disk at a folder."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def resize(disk: Path, spare: int) -> None:
    """Give a disk the size of what is on it and some bytes more."""
    remount(disk, f"size={shutil.disk_usage(disk).used + spare}")


def remount(disk: Path, option: str) -> None:
    """Mount a disk again with another option; what is on it stays."""
    subprocess.run(["mount", "-o", f"remount,{option}", disk], check=True)
