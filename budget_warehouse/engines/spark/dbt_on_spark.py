"""dbt on Spark with ANSI mode left on, so that a value that cannot be read stops the build.

dbt-spark turns it off for every statement and lets no profile say otherwise; casts would then
become null without a word.
"""

import sys

from dbt.adapters.spark import session
from dbt.cli.main import cli


class _StrictCursor(session.Cursor):
    """A cursor whose statements refuse what they cannot cast."""

    def execute(self, sql: str, *parameters: object) -> None:
        self.server_side_parameters["spark.sql.ansi.enabled"] = "true"
        super().execute(sql, *parameters)


session.Cursor = _StrictCursor

if __name__ == "__main__":
    sys.exit(cli())
