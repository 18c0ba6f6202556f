"""The explorer from the command line: written again from the published warehouse.

ORGANIZATION (a part of its name) or DISCLOSURES (names with commas between) asks for an explorer of
these alone, in the folder INTO.
"""

import os
import sys
from pathlib import Path

from budget_warehouse.commands import look_or_exit
from budget_warehouse.outputs.writing import CompanionError, write_asked_explorer, write_explorer
from budget_warehouse.storage import terminal
from budget_warehouse.storage.progress import show
from budget_warehouse.storage.warehouse import Warehouse


def main() -> int:
    """Write the site and say where it is."""
    terminal.prepare()
    look_or_exit("explore")
    show(sys.stderr)
    warehouse = Warehouse.from_environment()
    organization = os.environ.get("ORGANIZATION", "").strip()
    names = os.environ.get("DISCLOSURES", "").split(",")
    disclosures = [name.strip() for name in names if name.strip()]
    into = Path(os.environ.get("INTO") or warehouse.folder / "site-asked").absolute()
    try:
        if organization or disclosures:
            page = write_asked_explorer(warehouse, into, organization, disclosures)
        else:
            page = write_explorer(warehouse)
    except CompanionError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Explorer: {page}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
