"""A build on a Spark cluster: what was landed goes there, and its catalog holds what is published.

SPARK_REMOTE turns it on. The folder of the warehouse must be one that the cluster can read.
"""

import os
import shutil
from typing import TYPE_CHECKING

import duckdb

from dagster_project.raw_csv import RAW_TABLES
from dagster_project.warehouse import Warehouse

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

LEDGER = ("affected", "declared", "disclosures", "landed", "rejected_rows")


def is_on_spark() -> bool:
    """Whether models are built on a cluster."""
    return bool(os.environ.get("SPARK_REMOTE"))


def session() -> "SparkSession":
    """The session with the cluster of SPARK_REMOTE; a bad cast is an error in it."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.remote(os.environ["SPARK_REMOTE"])
    settings = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
    return builder.config(map=settings).getOrCreate()


def land_on_spark(warehouse: Warehouse) -> None:
    """Put the landing tables, as text, into the cluster's schema `landing`."""
    spark = session()
    spark.sql("create schema if not exists landing")
    folder = warehouse.folder / "landing.parquet"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with duckdb.connect(str(warehouse.landing), read_only=True) as connection:
        for table in (*RAW_TABLES, *LEDGER):
            file = folder / f"{table}.parquet"
            connection.execute(f"copy (from \"{table}\") to '{file}' (format parquet)")
            spark.sql(f"drop table if exists landing.{table}")
            spark.sql(
                f"create table landing.{table} using parquet as select * from parquet.`{file}`"
            )
    shutil.rmtree(folder)
