"""The check of the reference lists from the command line: their faults, or that there is none."""

import sys

from budget_warehouse.contract.reference_lists.check import UnsoundListsError, require_sound_lists
from budget_warehouse.storage.warehouse import Warehouse


def main() -> int:
    """Check the lists of SEEDS, or else those of the repository."""
    folder = Warehouse.from_environment().reference
    try:
        require_sound_lists(folder)
    except UnsoundListsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"The reference lists in {folder} are sound.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
