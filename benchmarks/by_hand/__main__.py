"""Says whether the script by hand comes to the rows that a warehouse published."""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.by_hand import compute_landed
from benchmarks.same import differences_by_hand, print_differences
from benchmarks.scratch import batches
from budget_warehouse.storage.warehouse import Warehouse


def main() -> None:
    """Compute batch after batch; print the seconds, and whether the rows are the product's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_hand", description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True, help="folder of a built warehouse")
    parser.add_argument("--into", type=Path, required=True, help="folder for scratch files")
    parser.add_argument("--batch", type=int, help="only this one, counted from 0; compare nothing")
    given = parser.parse_args()
    warehouse, into = Warehouse(Path(), given.warehouse.absolute()), given.into / "by_hand.duckdb"
    planned = batches(warehouse)
    if given.batch is not None:
        compute_landed(warehouse, planned[given.batch], into)
        return
    is_different, seconds = False, 0.0
    for batch in planned:
        started = time.process_time()
        compute_landed(warehouse, batch, into)
        seconds += time.process_time() - started
        different = differences_by_hand(warehouse.published, into, batch)
        print_differences(different)
        is_different = is_different or bool(different)
    print(f"{seconds:9.2f} CPU s")
    sys.exit(is_different)


if __name__ == "__main__":
    main()
