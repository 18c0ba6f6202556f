"""A printed table or a measure without a label is called as it is printed."""

import duckdb

from budget_warehouse.contract.labels import Labels


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
