"""A printed table or a measure without a label is called as it is printed."""

import re
from collections import Counter

import duckdb
from warehouses import REPOSITORY, read_csv

from budget_warehouse.contract.labels import Labels
from budget_warehouse.contract.reference_lists.contract import declared_marts


def test_labels_come_from_the_lists_where_nobody_gave_one() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema reference")
        connection.execute(
            "create table reference.labels as select * from (values"
            " ('table', 'revenue_by_function', '收入预算总表'), ('measure', 'total', '合计'))"
            " as labels (kind, name, label_zh)"
        )
        assert Labels.read(connection).of("table", "carried_over") == "carried_over"
        connection.execute(
            "create table reference.raw_tables as select * from (values"
            " ('revenue_by_function', '收入总表'), ('carried_over', '结转表'),"
            " ('carried_over', '上年结转表')) as titles (table_name, title)"
        )
        connection.execute(
            "create table reference.raw_columns as select * from (values"
            " ('total', '总计', 'measure'), ('planted', '种植 / 小计', 'measure'),"
            " ('name', '科目名称', 'key')) as headings (column_name, heading, role)"
        )
        labels = Labels.read(connection)
    assert labels.of("table", "revenue_by_function") == "收入预算总表"
    assert labels.of("table", "carried_over") == "结转表"
    assert labels.names("measure") == ["total", "planted"]
    assert labels.of("measure", "planted") == "种植 / 小计"


def test_every_column_of_a_mart_has_a_label_of_its_mart_alone() -> None:
    _, rows = read_csv(REPOSITORY / "seeds" / "reference" / "labels.csv")
    labels = {row["name"]: row["label_zh"] for row in rows if row["kind"] == "column"}
    for mart in declared_marts():
        columns = [column["name"] for column in mart["columns"]]
        assert set(columns) <= set(labels), mart["name"]
        repeated = [label for label, n in Counter(labels[c] for c in columns).items() if n > 1]
        assert repeated == [], mart["name"]


def test_final_accounts_call_their_tables_by_titles_that_they_print() -> None:
    lists = REPOSITORY / "seeds" / "reference"
    titles = {
        (row["table_name"], row["title"])
        for row in read_csv(lists / "raw_tables.csv")[1]
        if row["stage"] == "final_accounts"
    }
    labels = {
        (row["name"], re.sub("[“”]", "", row["label_zh"]))
        for row in read_csv(lists / "labels.csv")[1]
        if row["kind"] == "final_accounts_table"
    }
    assert len(labels) == 9
    assert labels <= titles
