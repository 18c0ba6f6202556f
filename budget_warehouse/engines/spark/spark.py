"""A build on a Spark cluster: what was landed goes there, and its catalog holds what is published.

SPARK_REMOTE turns it on. dbt builds the affected disclosures into schemas that begin with `built_`;
once they are judged their rows take the place of the published ones, by fiscal year. The folder of
the warehouse must be one that the cluster can read.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from budget_warehouse.build.plan import planned_build
from budget_warehouse.build.publications import HOLDS, Publication, content_checksum, now
from budget_warehouse.build.publishing import replace_reports
from budget_warehouse.build.set_aside import forget_earlier
from budget_warehouse.contract.raw_csv import DISCLOSURE, LANDED_TABLES
from budget_warehouse.settings import Settings
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import Judgement

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession


LEDGER = ("affected", "declared", "disclosures", "judging_day", "landed", "rejected_rows")

_PUBLISHED = ("reference", "reconciliations", "marts")
_WHOLE = ("fct_rejected_rows",)  # its rows name disclosures that were never landed
_ONLY_JUDGED = ("rec_judgements",)  # counts what was built, not what is published
_AT_ONCE = 4  # statements that the cluster is given at a time


def session() -> "SparkSession":
    """Return the session with the cluster of SPARK_REMOTE; a bad cast is an error in it."""
    from pyspark.sql.connect.session import SparkSession

    builder = SparkSession.builder.remote(Settings.from_environment().spark_remote)
    builder = builder.config("spark.sql.ansi.enabled", "true")
    return builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()


def land(warehouse: Warehouse) -> None:
    """Bring the schema `landing` of the cluster up to date: the years in which anything changed.

    The ledger is written last, so that what a killed landing left is landed again.
    """
    spark = session()
    spark.sql("create schema if not exists landing")
    folder = warehouse.folder / "landing.parquet"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with duckdb.connect(str(warehouse.landing), read_only=True) as connection:
        here = _standing(connection.execute(_STANDING.format("main.")).fetchall())
        known = spark.catalog.tableExists("landing.landed")
        there = _standing(spark.sql(_STANDING.format("landing.")).collect() if known else [])
        years = sorted({year for _, _, year in here ^ there})
        tables = [table for table in LANDED_TABLES if table != DISCLOSURE]
        for table in tables if years else ():
            connection.execute(
                "copy (select rows_of_table.*, disclosure.fiscal_year as landed_year"
                f' from "{table}" as rows_of_table'
                " inner join disclosure using (disclosure_id)"
                f" where disclosure.fiscal_year in ({_listed(years)}))"
                f" to {literal(folder / table)} (format parquet)"
            )
        for table in (*LEDGER, DISCLOSURE):
            connection.execute(
                f'copy (from "{table}") to {literal(folder / table)} (format parquet)'
            )

    def put(table: str) -> None:
        rows = f"select * from parquet.`{folder / table}`"
        if table in (*LEDGER, DISCLOSURE):
            spark.sql(f"drop table if exists landing.{table}")
            spark.sql(f"create table landing.{table} using parquet as {rows}")
        elif not spark.catalog.tableExists(f"landing.{table}"):
            spark.sql(
                f"create table landing.{table} using parquet partitioned by (landed_year) as {rows}"
            )
        else:
            _drop_years(spark, f"landing.{table}", "landed_year", [f"'{year}'" for year in years])
            spark.sql(f"insert into landing.{table} by name {rows}")

    if years:
        _at_once(put, tables)
    _at_once(put, [DISCLOSURE, *(table for table in LEDGER if table != "landed")])
    put("landed")
    shutil.rmtree(folder)


_STANDING = """
    select disclosure_id, landed.content_sha256, disclosure.fiscal_year
    from {0}landed inner join {0}disclosure using (disclosure_id)
"""


def _standing(rows: Iterable[Any]) -> set[tuple[str, str, str]]:
    return {(name, content, year) for name, content, year in rows}


def published_rows(query: str) -> list[Any]:
    """Return the rows of a query over what the cluster has published; none if nothing whole is."""
    spark = session()
    if not spark.catalog.tableExists("marts.publications") or _is_torn(spark):
        return []
    return [tuple(row) for row in spark.sql(query).collect()]


def judge(reports: Path) -> list[Judgement]:
    """Run Great Expectations over what dbt built on the cluster."""
    from budget_warehouse.validation.judge import judge_rows, judged

    _forget_files(session())
    rows, places = judged(built_rows)
    return judge_rows(rows, reports, places)


def _forget_files(spark: "SparkSession") -> None:
    """Look at the files of the built tables again: dbt may have replaced them since a query."""
    _at_once(spark.catalog.refreshTable, [f"{schema}.{name}" for schema, name in _built(spark)])


def _built(spark: "SparkSession") -> Iterator[tuple[str, str]]:
    """Yield the schema and name of each table that dbt built."""
    for schema in _PUBLISHED:
        for row in spark.sql(f"show tables in built_{schema}").collect():
            if row.namespace:
                yield f"built_{schema}", row.tableName


def built_rows(query: str) -> list[Any]:
    """Return the rows of a query over what dbt built on the cluster, by published names."""
    for schema in _PUBLISHED:
        query = query.replace(f" {schema}.", f" built_{schema}.")
    return [tuple(row) for row in session().sql(query).collect()]


def publish(warehouse: Warehouse) -> Publication:
    """Put what was built into the published tables: whole, or the years that changed.

    Each table is replaced alone, so that a reader may see new tables beside old ones. Meanwhile
    a table `marts.being_replaced` stands; where one was left, the next build does everything.
    """
    plan = planned_build(warehouse)
    spark = session()
    for schema in _PUBLISHED:
        spark.sql(f"create schema if not exists {schema}")
    spark.sql(
        "create table if not exists marts.publications using parquet"
        " as select * from built_marts.publications"
    )
    numbers = "select coalesce(max(publication_number), 0) from marts.publications"
    ((last_number,),) = spark.sql(numbers).collect()
    years = None if plan.is_everything else _changed_years(spark)
    spark.sql("create table if not exists marts.being_replaced (since timestamp) using parquet")
    _forget_files(spark)
    tables = [
        (schema.removeprefix("built_"), name)
        for schema, name in _built(spark)
        if name not in (*_ONLY_JUDGED, "publications")
    ]
    _at_once(lambda table: _replace(spark, table, years), tables)
    holds = spark.sql(HOLDS).collect()[0].asDict()
    publication = Publication(
        publication_number=last_number + 1,
        published_at=now(),
        kind="rebuild",
        restored_number=None,
        fingerprint=plan.fingerprint,
        input_sha256=plan.input_sha256,
        reference_sha256=plan.reference_sha256,
        code_sha256=plan.code_sha256,
        computed_count=len(plan.affected),
        content_checksum=content_checksum(
            (f"{schema}.{table}", tuple(spark.sql(_SUM.format(f"{schema}.{table}")).collect()[0]))
            for schema, table in sorted(tables)
        ),
        **holds,
    )
    row = spark.createDataFrame([astuple(publication)], spark.table("marts.publications").schema)
    row.write.insertInto("marts.publications")
    spark.sql("drop table marts.being_replaced")
    replace_reports(warehouse)
    forget_earlier(warehouse.landing)
    return publication


_SUM = "select count(*), cast(sum(cast(xxhash64(*) as decimal(38, 0))) as string) from {}"


def publications() -> list[Publication]:
    """Return the log of the cluster, oldest first; empty where nothing whole is published."""
    columns = ", ".join(field.name for field in fields(Publication))
    rows = published_rows(f"select {columns} from marts.publications order by publication_number")
    return [Publication(*row) for row in rows]


def _replace(
    spark: "SparkSession", schema_and_table: tuple[str, str], years: list[int] | None
) -> None:
    """Replace a published table, or those years of it in which anything changed."""
    schema, table = schema_and_table
    name, built = f"{schema}.{table}", f"built_{schema}.{table}"
    columns = spark.table(built).columns
    if "disclosure_id" not in columns or schema == "reference" or table in _WHOLE:
        spark.sql(f"drop table if exists {name}")
        spark.sql(f"create table {name} using parquet as select * from {built}")
        return
    kept = ", ".join(f"rows_of_table.`{column}`" for column in columns if column != "fiscal_year")
    rows = (
        f"select {kept}, disclosures.fiscal_year from {built} as rows_of_table"
        " left join built_marts.dim_disclosures as disclosures"
        " on rows_of_table.disclosure_id = disclosures.disclosure_id"
    )
    by_year = "using parquet partitioned by (fiscal_year)"
    if years is None:
        spark.sql(f"drop table if exists {name}")
        spark.sql(f"create table {name} {by_year} as {rows}")
        return
    if not years:
        return
    # Read the standing rows in full before their partitions are dropped.
    spark.sql(f"drop table if exists {name}_replacing")
    spark.sql(
        f"create table {name}_replacing {by_year} as {rows}"
        f" where disclosures.fiscal_year in ({_listed(years)})"
        f" union all select * from {name} where fiscal_year in ({_listed(years)})"
        " and disclosure_id not in (select disclosure_id from landing.affected)"
    )
    _drop_years(spark, name, "fiscal_year", years)
    spark.sql(f"insert into {name} select * from {name}_replacing")
    spark.sql(f"drop table {name}_replacing")


def _changed_years(spark: "SparkSession") -> list[int]:
    """Return the years of the disclosures that changed since publication, and each year after.

    Nothing compares a disclosure with any but last year's.
    """
    columns = ", ".join(spark.table("built_marts.dim_disclosures").columns)
    built = f"select {columns} from built_marts.dim_disclosures"
    published = (
        f"select {columns} from marts.dim_disclosures"
        " where disclosure_id in (select disclosure_id from landing.affected)"
    )
    rows = spark.sql(
        f"select fiscal_year from ({built} except {published})"
        f" union select fiscal_year from ({published} except {built})"
    ).collect()
    return sorted({year for (changed,) in rows for year in (changed, changed + 1)})


def _drop_years(spark: "SparkSession", table: str, column: str, years: Iterable[Any]) -> None:
    dropped = ", ".join(f"partition ({column} = {year})" for year in years)
    spark.sql(f"alter table {table} drop if exists {dropped}")


def _is_torn(spark: "SparkSession") -> bool:
    """Return whether a publication was cut off, so that tables of two builds stand side by side."""
    return bool(spark.catalog.tableExists("marts.being_replaced"))


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(literal(v) if isinstance(v, str) else str(v) for v in values)


def _at_once(work: Callable[[Any], Any], items: Iterable[Any]) -> None:
    """Give the cluster several statements at a time, and raise what any of them raised."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(work, items))


def summary(warehouse: Warehouse) -> tuple[str, bool]:
    """Return a short account of what the cluster has published, and of what was rejected."""
    last = publications()[-1]
    ((rejected,),) = published_rows("select count(*) from marts.fct_rejected_rows")
    lines = [
        "",
        f"Disclosures   {last.disclosure_count:,}, of which {last.computed_count:,} computed",
        f"Amounts       {last.amount_count:,} printed figures; counted spending"
        f" {last.expenditure_yuan:,} yuan",
        f"Findings      {last.error_count:,} error ({last.new_error_count:,} new)",
        *([f"Rejected      {rejected:,} values, in marts.fct_rejected_rows"] if rejected else []),
        f"Warehouse     schema marts of {Settings.from_environment().spark_remote}",
        f"Report        {warehouse.reports / 'index.html'}",
        "",
    ]
    return "\n".join(lines), bool(rejected)
