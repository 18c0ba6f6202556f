"""A sandbox for work: its own process, with so much memory and time and no more."""

import logging
import multiprocessing
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TypeVar

from budget_warehouse.reader.document import UnreadableDocumentError

if sys.platform != "win32":
    import resource

_Result = TypeVar("_Result")
_OUT_OF_TIME = -signal.SIGXCPU if sys.platform != "win32" else None  # as an exit code
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the locks of Dagster's threads


@dataclass(frozen=True)
class Bounds:
    """Limits on the work on one document."""

    memory: int = 2 * 1024**3  # bytes of address space; a disclosure of 30 pages takes 0.2 GB
    processor_seconds: int = 120  # a thousand pages, the most a document may have, take some 40
    wall_seconds: float = 1800  # for what waits and does not compute; a machine may be that busy


DOCUMENT = Bounds()


def within(
    bounds: Bounds, subject: str, work: Callable[..., _Result], *arguments: object
) -> _Result:
    """Return what `work(*arguments)` returns, done in a child process that the sandbox limits.

    `subject` is what the errors speak of, the document's name. `work`, its arguments and its result
    are pickled. The memory is bounded where the system can (Linux), the processor's time on every
    Unix, the wall clock everywhere. However the child ends, nothing of it goes on running.

    Raises:
        UnreadableDocumentError: The work raised it, failed in its own way (the traceback is
            then a note of the error), or went over a bound.
    """
    receiver, sender = _SPAWN.Pipe(duplex=False)
    child = _SPAWN.Process(
        target=_work, args=(sender, bounds, subject, work, arguments), daemon=True
    )
    child.start()
    sender.close()
    try:
        if not receiver.poll(bounds.wall_seconds):
            raise _too_long(subject)
        result, error = receiver.recv()
    except EOFError:
        child.join()
        if child.exitcode == _OUT_OF_TIME:
            raise _too_long(subject) from None
        raise UnreadableDocumentError(
            f"Reading {subject} breaks off, for want of memory or because it is damaged: save it "
            "again from the program that wrote it, or print it to a new PDF, and read that."
        ) from None
    finally:
        child.kill()
        child.join()
        receiver.close()
    if error is not None:
        raise error
    return result


def _work(
    sender: Connection,
    bounds: Bounds,
    subject: str,
    work: Callable[..., object],
    arguments: tuple[object, ...],
) -> None:
    """Live the life of the child: set the limits, work, send the result or the error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted parent ends its child itself
    warnings.simplefilter("ignore")  # libraries remark on fonts and styles that no reader needs
    logging.disable(logging.CRITICAL)
    _put_on(bounds)
    outcome: tuple[object, UnreadableDocumentError | None]
    try:
        outcome = (work(*arguments), None)
    except UnreadableDocumentError as error:
        outcome = (None, error)
    except MemoryError:
        outcome = (None, _too_much(subject))
    except Exception as error:
        outcome = (None, _failed(subject, error))
    sender.send(outcome)


def _put_on(bounds: Bounds) -> None:
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind
    resource.setrlimit(
        resource.RLIMIT_CPU, (bounds.processor_seconds, bounds.processor_seconds + 1)
    )
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))


def _too_long(subject: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Reading {subject} takes too long: split it, or print it to a new PDF, and read that."
    )


def _too_much(subject: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Reading {subject} takes too much memory: split it, or print it to a new PDF, and read "
        "that."
    )


def _failed(subject: str, error: Exception) -> UnreadableDocumentError:
    failure = UnreadableDocumentError(
        f"{subject} cannot be read and may be damaged ({type(error).__name__}): download it again, "
        "or save it again from the program that wrote it, and read that."
    )
    failure.add_note("".join(traceback.format_exception(error)))
    return failure
