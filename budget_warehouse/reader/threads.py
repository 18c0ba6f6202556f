"""Threads that each wait for a document's process, as many as there are cores."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_threads(
    work: Callable[[_Item], _Result], items: Sequence[_Item], description: str, unit: str
) -> dict[_Item, _Result]:
    """Return what the work makes of each item, in their order, with progress on a terminal.

    Work that raises ends all: what has not begun is not begun any more.
    """
    from tqdm import tqdm

    with (
        ThreadPoolExecutor(os.cpu_count() or 1) as threads,
        tqdm(total=len(items), desc=description, unit=unit, disable=None) as progress,
    ):
        waiting = {item: threads.submit(work, item) for item in items}
        for future in waiting.values():
            future.add_done_callback(lambda _: progress.update())
        try:
            return {item: future.result() for item, future in waiting.items()}
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
