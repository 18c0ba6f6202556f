"""The day of a build, on which verdicts on findings stand or have passed: the same for every model.

It is landed as a table, since dbt would parse the project again for a variable that changes daily.
"""

from datetime import date

import duckdb


def land_judging_day(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Keep the day in an open landing file, as the only row of `judging_day`."""
    connection.execute("create or replace table judging_day (judged_on date)")
    connection.execute("insert into judging_day values (?)", [day])
