"""The explorer from the command line: written again from the published warehouse."""

import sys

from dagster_project.explorer.site import write_site
from dagster_project.warehouse import Warehouse


def main() -> int:
    """Write the site and say where it is."""
    where = Warehouse.from_environment()
    write_site(where.published, where.site)
    sys.stdout.write(f"Explorer: {where.site / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
