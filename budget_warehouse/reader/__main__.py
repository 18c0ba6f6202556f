"""Reads published documents into raw CSVs: `python -m budget_warehouse.reader --help`."""

import sys

from budget_warehouse.reader.command import main
from budget_warehouse.storage import terminal

if __name__ == "__main__":  # the child that reads a document imports this module again
    terminal.prepare()
    sys.exit(main())
