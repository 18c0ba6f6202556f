"""Errors that may pass although nobody mends anything: what is worth another attempt later."""

import errno
import os

import duckdb

from budget_warehouse.build.dbt import DbtFailedError

_TRANSIENT = (
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
_TRANSIENT_WORDS = (
    "Could not set lock on file",
    *(os.strerror(number) for number in _TRANSIENT),
)


def is_transient(error: Exception) -> bool:
    """Return whether the same step may succeed later although nobody mends anything."""
    if isinstance(error, OSError):
        return error.errno in _TRANSIENT
    if isinstance(error, duckdb.IOException | DbtFailedError):
        return any(words in str(error) for words in _TRANSIENT_WORDS)
    return False
