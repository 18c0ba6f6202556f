"""Retry transient errors with increasing delays; let every other error fail at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from budget_warehouse.build.transient import is_transient

PAUSES = (10, 30, 90, 270)  # seconds


@contextmanager
def retried(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> Iterator[None]:
    """Have Dagster run the step again later where its error may pass."""
    try:
        yield
    except Exception as error:
        if not is_transient(error):
            raise
        attempt = min(context.op_execution_context.retry_number, len(PAUSES) - 1)
        raise dg.RetryRequested(len(PAUSES), PAUSES[attempt]) from error
