"""Shares of much work of the same kind, each done by a process of its own at the same time."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from multiprocessing.connection import Connection
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the locks of Dagster's threads


class ShareLostError(Exception):
    """A process did not live to send its result; the message tells the user what to do."""


def in_shares(
    work: Callable[[Sequence[_Thing]], _Result], things: Sequence[_Thing], least: int
) -> Iterator[_Result]:
    """Yield what `work` returns for each share of the things, in their order.

    There are as many shares as cores, none of less than `least` things; where that makes a single
    one, it is done here. `work`, shares and results are pickled. However it ends, no process goes
    on: a share whose parent was killed ends when it has done its work, since nobody listens.

    Raises:
        Exception: what the work raised, of the first share in which it did.
        ShareLostError: its process was killed.
    """
    count = max(1, min(os.cpu_count() or 1, len(things) // least))
    if count == 1:
        yield work(things)
        return
    bounds = list(pairwise(len(things) * number // count for number in range(count + 1)))
    with ExitStack() as stack:
        children = [_started(stack, work) for _ in bounds]
        for child, (start, end) in zip(children, bounds, strict=True):
            with _told_if_lost():
                # Not as an argument: to start a process that dies early would then never end.
                child.send(things[start:end])
        for child in children:
            with _told_if_lost():
                result, error = child.recv()
            if error is not None:
                raise error
            yield result


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
    share = parent.recv()
    outcome: tuple[_Result | None, Exception | None]
    try:
        outcome = (work(share), None)
    except Exception as error:
        outcome = (None, error)
    parent.send(outcome)
