"""Tracing on a cluster: which disclosures models and tests of the last dbt run failed over.

A query is asked again with every table that it names replaced by the rows of fewer disclosures.
"""

import re
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql.connect.session import SparkSession

from budget_warehouse.build.set_aside import SetAside
from budget_warehouse.build.tracing import (
    Node,
    broken_over,
    description_of,
    first_line,
    nodes_of_run,
)
from budget_warehouse.storage.sql import literal


def broken_on_spark(target: Path, spark: SparkSession) -> list[SetAside]:
    """Find the disclosures over which models and tests failed on the cluster."""
    nodes = nodes_of_run(target)
    rows = spark.sql("select disclosure_id from landing.landed order by disclosure_id").collect()
    disclosures = [row[0] for row in rows]
    broken: dict[str, SetAside] = {}
    for node in nodes:
        if node.status not in ("fail", "error") or node.kind not in ("model", "test"):
            continue
        failed = node.kind == "test" and _rows_of(spark, node)
        if failed:
            cases = [
                SetAside(
                    row["disclosure_id"],
                    node.raw_table,
                    f"the test {node.name} fails for it ({description_of(row)})",
                )
                for row in failed
            ]
        else:
            tables = _tables(spark, nodes)
            names = broken_over(partial(_fails, spark, node, tables), disclosures)
            verb = "computed" if node.kind == "model" else "tested"
            sentence = f"the {node.kind} {node.name} cannot be {verb} with it"
            sentence += f" ({first_line(node.message)})"
            cases = [SetAside(name, node.raw_table, sentence) for name in names]
        for one in cases:
            broken.setdefault(one.disclosure_id, one)
    return list(broken.values())


def _rows_of(spark: SparkSession, test: Node) -> list[dict[str, Any]]:
    """Return the rows of a test that name a disclosure."""
    try:
        rows = [row.asDict() for row in spark.sql(test.query).collect()]
    except PySparkException:
        return []
    return [row for row in rows if row.get("disclosure_id") is not None]


def _tables(spark: SparkSession, nodes: list[Node]) -> dict[str, str | None]:
    """Return the tables of landing and of the build by name, and the queries of some."""
    # A table without disclosures in it is computed again from those that have them.
    tables: dict[str, str | None] = {
        f"landing.{row.tableName}": None for row in spark.sql("show tables in landing").collect()
    }
    for node in nodes:
        name = ".".join(node.relation[1:])
        if node.kind == "model" and node.status == "success":
            by_disclosure = "disclosure_id" in spark.table(name).columns
            tables[name] = None if by_disclosure else node.query
    return tables


def _fails(
    spark: SparkSession, node: Node, tables: dict[str, str | None], some: Collection[str]
) -> bool:
    """Return whether a model's query raises an error over some disclosures, or a test has a row."""
    kept = ", ".join(map(literal, some)) or "''"

    def reduced(query: str) -> str:
        def rows(name: re.Match[str]) -> str:
            made_by = tables[name[0]]
            if made_by is not None:
                return f"({reduced(made_by)})"
            columns = spark.table(name[0]).columns
            if "disclosure_id" not in columns:
                return name[0]
            return f"(select * from {name[0]} where disclosure_id in ({kept}))"

        names = "|".join(re.escape(name) for name in sorted(tables, key=len, reverse=True))
        return re.sub(rf"\b(?:{names})\b", rows, query)

    try:
        rows = spark.sql(reduced(node.query)).collect()
    except AnalysisException:
        return False
    except PySparkException:
        return True
    return node.kind == "test" and bool(rows)
