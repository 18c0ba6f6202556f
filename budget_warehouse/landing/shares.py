"""Share much work of one kind among processes that run at the same time.

`concurrent.futures.ProcessPoolExecutor` does not hold what is promised here: its workers outlive a
killed parent for ever, since each holds both ends of the queue that it waits on; it waits for
running work where the parent is interrupted; and it cannot count progress.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from budget_warehouse.storage.progress import counter

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")
_TOLD = 50  # things: to tell of each would cost as much as the least of them
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the locks of Dagster's threads


class _Counted(Sequence[_Thing]):
    """Things that say how many of them were gone through."""

    def __init__(self, things: Sequence[_Thing], done: Callable[[int], object]) -> None:
        self._things, self._done = things, done

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, position: Any) -> Any:
        return self._things[position]

    def __iter__(self) -> Iterator[_Thing]:
        for number, thing in enumerate(self._things, start=1):
            yield thing
            if number % _TOLD == 0:
                self._done(_TOLD)
        self._done(len(self._things) % _TOLD)


class ShareLostError(Exception):
    """A process did not live to send its result; the message tells the user what to do."""


def in_shares(
    work: Callable[[Sequence[_Thing]], _Result],
    things: Sequence[_Thing],
    least: int,
    what: str = "",
    unit: str = "",
) -> Iterator[_Result]:
    """Yield what `work` returns for each share of the things, in their order.

    Where `what` names the work, a bar moves on as `work` goes through its share.

    There are as many shares as cores, none of less than `least` things; where that makes a single
    one, it is done here. `work`, shares and results are pickled. However it ends, no process goes
    on: a share whose parent was killed ends when it has done its work, since nobody listens.

    Raises:
        Exception: what the work raised, of the first share in which it did.
        ShareLostError: its process was killed.
    """
    count = max(1, min(os.cpu_count() or 1, len(things) // least))
    with counter(what, unit, len(things)) as done:
        if count == 1:
            yield work(_Counted(things, done))
        else:
            yield from _by_processes(work, things, count, done)


def _by_processes(
    work: Callable[[Sequence[_Thing]], _Result],
    things: Sequence[_Thing],
    count: int,
    done: Callable[[int], object],
) -> Iterator[_Result]:
    bounds = list(pairwise(len(things) * number // count for number in range(count + 1)))
    with ExitStack() as stack:
        children = [_started(stack, work) for _ in bounds]
        for child, (start, end) in zip(children, bounds, strict=True):
            with _told_if_lost():
                # Not as an argument: to start a process that dies early would then never end.
                child.send(things[start:end])
        for result, error in _outcomes(children, done):
            if error is not None:
                raise error
            yield result


def _outcomes(
    children: list[Connection], done: Callable[[int], object]
) -> Iterator[tuple[Any, Exception | None]]:
    """Yield what the children send in the end, in their order; until then all are listened to."""
    working, outcomes = set(children), {}
    for child in children:
        while child in working:
            for speaking in wait(working):
                assert isinstance(speaking, Connection)
                with _told_if_lost():
                    said = speaking.recv()
                if isinstance(said, int):
                    done(said)
                else:
                    working.remove(speaking)
                    outcomes[speaking] = said
        yield outcomes.pop(child)


def _started(stack: ExitStack, work: Callable[[Sequence[_Thing]], _Result]) -> Connection:
    """Start the process of one share; the stack ends it."""
    ours, theirs = _SPAWN.Pipe()
    stack.callback(ours.close)
    child = _SPAWN.Process(target=_work, args=(theirs, work), daemon=True)
    child.start()
    stack.callback(child.join)
    stack.callback(child.kill)
    theirs.close()
    return ours


@contextmanager
def _told_if_lost() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError) as error:
        raise ShareLostError(
            "A process that shared the work was killed, perhaps for want of memory;"
            " look at the system's log and build again."
        ) from error


def _work(parent: Connection, work: Callable[[Sequence[_Thing]], _Result]) -> None:
    """Live the life of a child: work, and send the result or the error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted parent ends its child itself
    share = _Counted(parent.recv(), parent.send)
    outcome: tuple[_Result | None, Exception | None]
    try:
        outcome = (work(share), None)
    except Exception as error:
        outcome = (None, error)
    parent.send(outcome)
