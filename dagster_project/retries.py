"""What passes by itself is tried again after pauses that grow; what does not fails at once."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb
from dagster_dbt.errors import DagsterDbtCliRuntimeError

PAUSES = (10, 30, 90, 270)  # seconds

_PASSING = (
    errno.EAGAIN,
    errno.EBUSY,
    errno.ECONNRESET,
    errno.EHOSTUNREACH,
    errno.EINTR,
    errno.EIO,
    errno.ENETUNREACH,
    errno.ESTALE,
    errno.ETIMEDOUT,
)
# DuckDB and dbt report what the system said in words only.
_PASSING_WORDS = ("Could not set lock on file", *(os.strerror(number) for number in _PASSING))


def passes_by_itself(error: Exception) -> bool:
    """Whether the same step may succeed later although nobody mends anything."""
    if isinstance(error, OSError):
        return error.errno in _PASSING
    if isinstance(error, duckdb.IOException | DagsterDbtCliRuntimeError):
        return any(words in str(error) for words in _PASSING_WORDS)
    return False


@contextmanager
def retried(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> Iterator[None]:
    """Have Dagster run the step again later where what failed in it may pass by itself."""
    try:
        yield
    except Exception as error:
        if not passes_by_itself(error):
            raise
        attempt = min(context.op_execution_context.retry_number, len(PAUSES) - 1)
        raise dg.RetryRequested(len(PAUSES), PAUSES[attempt]) from error
