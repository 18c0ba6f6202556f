"""Progress of a command for a person: a line for each stage, and a bar on long work.

Both go to standard error, and nothing of them to a run at night. In a log there are the lines only.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

_Thing = TypeVar("_Thing")

_SHORT = 1  # seconds: what ends sooner needs no bar

_shown_on: TextIO | None = None
_started = 0.0


def show(stream: TextIO | None) -> None:
    """Show stages and bars where a stream leads now, whoever redirects it later."""
    global _shown_on, _started
    _started = time.monotonic()
    if stream is not None:  # None where the caller closed it
        with suppress(OSError):  # one that leads to no file
            copy = os.dup(stream.fileno())
            _shown_on = os.fdopen(copy, "w", 1, stream.encoding, errors="backslashreplace")


def stage(name: str) -> None:
    """Say what begins now, and after how many seconds."""
    if _shown_on:
        with suppress(OSError):  # nobody reads it any more, or its disk is full: the work goes on
            _shown_on.write(f"{time.monotonic() - _started:5.0f} s  {name}\n")


def progress(
    things: Iterable[_Thing], what: str, unit: str, total: int | None = None
) -> Iterator[_Thing]:
    """Yield the same things, with a bar that moves on by each."""
    with counter(what, unit, len(things) if isinstance(things, Sized) else total) as count:
        for thing in things:
            yield thing
            count(1)


@contextmanager
def counter(what: str, unit: str, total: int | None) -> Iterator[Callable[[int], object]]:
    """Yield a function that moves a bar on by as many as were done."""
    if not (_shown_on and _shown_on.isatty()) or total == 1:
        yield lambda done: None
        return
    from tqdm import tqdm  # a tenth of a second to import, for nothing in a log

    with tqdm(
        desc=what, unit=f" {unit}", total=total, file=_shown_on, delay=_SHORT, leave=False
    ) as bar:
        yield bar.update
