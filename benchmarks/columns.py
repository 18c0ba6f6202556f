"""The columns of a budget of Shanghai: its nine tables, and the files of the first contract."""

from benchmarks.forms import COLUMNS_OF_FORMS, SHANGHAI
from budget_warehouse.contract.raw_csv import FILES, required_columns

COLUMNS: dict[str, list[str]] = {
    table: [column for column in columns if column in required_columns(table)]
    for table, columns in FILES.items()
} | {
    table: ["disclosure_id", "row_number", *columns, "unit", "note", "source_ref"]
    for table, columns in COLUMNS_OF_FORMS[SHANGHAI].items()
}
