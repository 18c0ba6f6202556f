"""The dbt command without Python's search for garbage, which takes a twelfth of a small build.

dbt holds almost everything that it makes until it ends.
"""

import gc

from dbt.cli.main import cli

if __name__ == "__main__":
    gc.disable()
    cli()
