"""The explorer from the command line: written again from the published warehouse."""

import sys

from dagster_project.companions import CompanionError, write_explorer
from dagster_project.warehouse import Warehouse


def main() -> int:
    """Write the site and say where it is."""
    try:
        page = write_explorer(Warehouse.from_environment())
    except CompanionError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Explorer: {page}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
