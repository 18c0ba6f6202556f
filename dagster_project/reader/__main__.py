"""Reads published documents into raw CSVs: `python -m dagster_project.reader --help`."""

import sys

from dagster_project import terminal
from dagster_project.reader.command import main

if __name__ == "__main__":  # the child that reads a document imports this module again
    terminal.prepare()
    sys.exit(main())
