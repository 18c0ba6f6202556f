"""`python -m budget_warehouse` is the command line `budget`."""

from budget_warehouse.cli import main

if __name__ == "__main__":  # the child that reads a document imports this module again
    main()
