"""The check of the reference lists: what a person mistypes gets its sentence; nothing is built."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reference_lists import mistakable, typed, untidy
from warehouses import REPOSITORY, SEEDS, SONGJIANG, copied, edit, environment

from budget_warehouse.contract.reference_lists import contract
from budget_warehouse.contract.reference_lists.check import (
    UnsoundListsError,
    list_faults,
    require_sound_lists,
)
from budget_warehouse.contract.reference_lists.sides import ROLES_BY_MEASURE
from budget_warehouse.storage.warehouse import DBT_PROJECT

CHANGES, COFOG, FUNCTION_COFOG = "classification_changes", "cofog", "function_cofog"
ECONOMIC, FINDINGS, FUNCTIONS, LABELS = "economic_items", "known_findings", "functions", "labels"
LINES, REGIONS = "summary_lines", "regions"
TABLES, COLUMNS = "raw_tables", "raw_columns"
RULES, SIDES = "reconciliation_rules", "reconciliation_sides"
TOTALS = "repeated_totals"
WIDTH = len(contract.reference_lists()[RULES].columns)

# The list, how the row begins, the column, what is typed into it, and what is said of that value.
NAMES_OF_NOTHING = [
    (SIDES, "CT-04,computed", "table_name", "expenditure_by_funtion",
     "is no table of the raw contract; did you mean 'expenditure_by_function'?"),
    (SIDES, "WT-05,computed,revenue_by_function,institution_revenue", "measure",
     "institution_revenu",
     "is no measure of revenue_by_function; did you mean 'institution_revenue'?"),
    (SIDES, "WT-07,computed,expenditure_by_function,basic", "measure", "projct",
     "is no measure of expenditure_by_function; did you mean 'project'?"),
    (SIDES, "CT-04,computed", "rule_code", "CT-O4",
     "is no rule of reconciliation_rules.csv; did you mean 'CT-04'?"),
    (SIDES, "CT-04,computed", "rule_code", "ＣＴ-04",
     "is no rule of reconciliation_rules.csv; did you mean 'CT-04'?"),
    (SIDES, "CT-04,computed", "side_of_claim", "computd",
     "is none of stated and computed; did you mean 'computed'?"),
    (SIDES, "CT-05,stated", "side", "expenditures",
     "is none of revenue and expenditure; did you mean 'expenditure'?"),
    (SIDES, "CT-04,computed", "row_role", "totals",
     "is none of leaf, subtotal and total; did you mean 'total'?"),
    (SIDES, "CC-06,computed", "level", "clas", "is no level of a row; did you mean 'class'?"),
    (SIDES, "WT-02,stated", "line", "fiscal_apropriation",
     "is no line of summary_lines.csv; did you mean 'fiscal_appropriation'?"),
    (SIDES, "WT-03,stated", "line", "carryover_in",
     "is no line of summary_lines.csv; did you mean 'carryover_out'?"),
    (SIDES, "CT-13,stated,general_public_budget_by_function,basic,,,,,2080505", "account_code",
     "2080550",
     "is no account of general_public_budget_by_function; did you mean '2080505'?"),
    (SIDES, "SG-01,computed", "account_code", "30271",
     "is no account of basic_expenditure_by_economic; did you mean '30217'?"),
    (SIDES, "WT-17,stated", "subject_by", "rows",
     "is none of subject, row, parent_row, account and class; did you mean 'row'?"),
    (RULES, "WT-01", "family", "within_tabel",
     "is no family of rules; did you mean 'within_table'?"),
    (RULES, "WT-01", "severity", "eror",
     "is none of error, warning and info; did you mean 'error'?"),
    (RULES, "WT-01", "comparison", "==", "is none of =, >= and own_funds; did you mean '='?"),
    (RULES, "WT-01", "unmatched", "skp",
     "is none of fail, skip and where_stated; did you mean 'skip'?"),
    (RULES, "WT-01", "tolerance", "exakt",
     "is no tolerance with a label in labels.csv; did you mean 'exact'?"),
    (RULES, "WT-01", "needed_tables", "revenue_expenditure_sumary",
     "is no table of the raw contract; did you mean 'revenue_expenditure_summary'?"),
    (RULES, "CT-16", "rule_code", "CT-61",
     "has no side in reconciliation_sides.csv and no model; did you mean 'CT-16'?"),
    (RULES, "CT-16", "rule_code", "CT16", "is no rule code such as WT-01."),
    *(
        (RULES, "WT-01", "from_fiscal_year", year, "is no fiscal year from 1990 to 2099.")
        for year in ("20x1", "1915", "20155", "2015.0", "２０１５")
    ),
    (TOTALS, "NT-01,total_expenditure", "claimed_measure", "total_expenditur",
     "is no measure with a label in labels.csv; did you mean 'total_expenditure'?"),
    (TOTALS, "NT-01,total_expenditure", "measure", "totl",
     "is no measure of expenditure_by_function; did you mean 'total'?"),
    (TOTALS, "NT-08,business_revenue", "line", "busines_revenue",
     "is no line of summary_lines.csv; did you mean 'business_revenue'?"),
    (FINDINGS, f"WT-24,{SONGJIANG}", "rule_code", "WT-42",
     "is no rule of reconciliation_rules.csv; did you mean 'WT-24'?"),
    (FINDINGS, f"WT-24,{SONGJIANG}", "disclosure_id", "songjiang-city-operation-2021",
     f"is no disclosure that a disclosure.csv declares; did you mean '{SONGJIANG}'?"),
    (FINDINGS, "WT-24,putuo-wanli-2024-budget", "disclosure_id", "putuo-wanli-2042-budget",
     "is no disclosure that a disclosure.csv declares; did you mean 'putuo-wanli-2024-budget'?"),
    (CHANGES, "function,move,2089901", "classification", "functional",
     "is none of function and economic; did you mean 'function'?"),
    (CHANGES, "function,move,2089901", "kind", "moved",
     "is none of rename, move, merge, split and new; did you mean 'move'?"),
    (CHANGES, "function,move,2089901", "to_code", "208999",
     "is no code of the function classification; did you mean '2089999'?"),
    (CHANGES, "function,move,2089901", "from_code", "2089910",
     "is no code of the function classification; did you mean '2089901'?"),
    (CHANGES, "function,move,2089901", "effective_fiscal_year", "221",
     "is no fiscal year from 1990 to 2099."),
    (CHANGES, "function,move,2089901", "confidence", "hihg",
     "is none of high, medium and low; did you mean 'high'?"),
    (COFOG, "01.1.2", "cofog_code", "1.1.2", "is no COFOG code such as 01.1.1."),
    (COFOG, "01.1.2", "consumption", "colective",
     "is none of collective and individual; did you mean 'collective'?"),
    (FUNCTION_COFOG, "20101", "cofog_code", "01.0",
     "is no division or group of cofog.csv; did you mean '01.1'?"),
    (FUNCTION_COFOG, "20101", "cofog_code", "01.1.1",
     "is no division or group of cofog.csv; did you mean '01.1'?"),
    (FUNCTION_COFOG, "20101", "function_code", "29101",
     "is no section or item of functions.csv; did you mean '20101'?"),
    (FUNCTION_COFOG, "20101", "treatment", "funktion",
     "is none of function, staff_contribution and unassigned; did you mean 'function'?"),
    (FUNCTION_COFOG, "20101", "confidence", "hi",
     "is none of high, medium, low and none; did you mean 'high'?"),
    (FUNCTIONS, "2010101", "function_code", "201010",
     "is no functional code of 3, 5 or 7 digits."),
    (FUNCTIONS, "2010101", "evidence", "several_document",
     "is none of several_documents and one_document; did you mean 'several_documents'?"),
    (FUNCTIONS, "2010101", "document_count", "3.0", "is no whole number of 1 or more."),
    (FUNCTIONS, "2010101", "years_seen", "2017 218", "is no list of fiscal years."),
    (ECONOMIC, "30101", "economic_code", "3010l", "is no economic code of 3 or 5 digits."),
    (REGIONS, "110101", "region_code", "11010l", "is no region code of six digits (GB/T 2260)."),
    (REGIONS, "310107", "parent_region_code", "301000",
     "is no region of regions.csv; did you mean '310000'?"),
    (LINES, "revenue,财政拨款,", "side", "revenu",
     "is none of revenue and expenditure; did you mean 'revenue'?"),
    (LINES, "revenue,财政拨款,", "line", "fiscal_apropriation",
     "is no line that a rule or a table names; did you mean 'fiscal_appropriation'?"),
    (LINES, "expenditure,总计,", "line", "totcl",
     "is no line that a rule or a table names; did you mean 'total'?"),
    (LINES, "revenue,财政拨款,", "line", "财政拨款", "is no line such as fiscal_appropriation."),
    *(
        (LINES, "revenue,财政拨款,", "label", label,
         "is no label without number, space or wide sign.")
        for label in ("一、拨款", "1.拨款", "(一)拨款", "其中:拨款", "拨 款", "拨款（补助）")
    ),
    (LABELS, "stage,final_accounts", "kind", "stages", "is no kind; did you mean 'stage'?"),
    (LABELS, "family,within_table", "name", "within_tabel",
     "is no family that the warehouse knows; did you mean 'within_table'?"),
    (LABELS, "stage,final_accounts", "name", "final_account",
     "is no stage that the warehouse knows; did you mean 'final_accounts'?"),
    (LABELS, "table,projects", "name", "project",
     "is no table that the warehouse knows; did you mean 'projects'?"),
    (LABELS, "measure,procurement_goods", "name", "procurment_goods",
     "is no measure that the warehouse knows; did you mean 'procurement_goods'?"),
    (LABELS, "basis,Division by zero", "name", "Division by null",
     "is no basis that the warehouse knows; did you mean 'Division by zero'?"),
    (LABELS, "mart,fct_projects", "name", "fct_project",
     "is no mart that the warehouse knows; did you mean 'fct_projects'?"),
    (LABELS, "column,account_code", "name", "acount_code",
     "is no column that the warehouse knows; did you mean 'account_code'?"),
    (COLUMNS, "class_code,", "column_name", "clas_code",
     "is no key of a printed row; did you mean 'class_code'?"),
    (COLUMNS, "class_code,", "role", "keys",
     "is none of key, measure, text and neutral; did you mean 'key'?"),
    (COLUMNS, "note,", "column_name", "notes",
     "is no text of every row; did you mean 'note'?"),
    (COLUMNS, "basic,", "part_of", "totl",
     "is no measure of raw_columns.csv; did you mean 'total'?"),
    (COLUMNS, "overseas_visits,", "tables", "three_public_expense",
     "is no table of raw_tables.csv; did you mean 'three_public_expenses'?"),
    (TABLES, "expenditure_by_function,", "table_name", "支出总表",
     "is no name in small letters such as expenditure_by_function."),
    (TABLES, "expenditure_by_function,", "stage", "final",
     "is none of initial_budget, adjusted_budget and final_accounts;"
     " did you mean 'final_accounts'?"),
]  # fmt: skip

# Rows that do not fit together: the list, how the row begins, what is typed into it, the sentence.
MISFITS = [
    (SIDES, "CT-04,computed", {"rule_code": "CT-04\u3000"},
     "rule_code: 'CT-04\\u3000' has a space before or after it; take it out."),
    (SIDES, "CT-04,computed", {"rule_code": "CT-04\u200b"},
     "rule_code: 'CT-04\\u200b' holds the character U+200B; take it out."),
    (SIDES, "CT-04,computed", {"table_name": "narrative_claims", "measure": "amount"},
     "table_name: no rule can sum the amounts of 'narrative_claims'."),
    (SIDES, "WT-07,computed", {"side": "expenditure"},
     "side: no amount of expenditure_by_function has a side; leave it blank."),
    (SIDES, "WT-17,stated", {"row_role": "leaf"},
     "row_role: no amount of three_public_expenses has the row_role 'leaf'; did you mean 'total'?"),
    (SIDES, "CC-06,computed", {"level": "detail"},
     "level: no amount of basic_expenditure_by_economic has the level 'detail';"
     " did you mean 'total'?"),
    (SIDES, "CT-04,computed", {"level": "class"},
     "level: no amount of expenditure_by_function with row_role 'total' has the level 'class';"
     " did you mean 'total'?"),
    (SIDES, "CT-04,computed", {"line": "total"},
     "line: no amount of expenditure_by_function with row_role 'total' has a line;"
     " leave it blank."),
    (SIDES, "WT-01,computed", {"line": "total"},
     "line: no amount of revenue_expenditure_summary with side 'revenue' and level 'line' has the"
     " line 'total'; did you mean 'state_capital'?"),
    (SIDES, "CC-06,computed", {"account_code": "30101"},
     "account_code: no amount of basic_expenditure_by_economic with level 'class' has the"
     " account_code '30101'; did you mean '311'?"),
    (SIDES, "WT-17,stated", {"subject_by": "parent_row"},
     "subject_by: no amount of three_public_expenses has the subject_by 'parent_row';"
     " did you mean 'row'?"),
    (SIDES, "CT-05,stated", {"subject_by": "account"},
     "subject_by: no amount of revenue_expenditure_summary with side 'expenditure' and level 'line'"
     " has the subject_by 'account'; did you mean 'parent_row'?"),
    (SIDES, "CT-04,computed", {"subject": ""},
     "subject: must not be blank where subject_by is 'subject'."),
    (SIDES, "WT-04,computed", {"side": "revenue"},
     "side_of_claim: WT-04 compares these amounts of revenue_expenditure_summary with themselves."),
    (SIDES, "WT-07,computed,expenditure_by_function,project", {"measure": "basic"},
     ": 'WT-07', 'computed', 'expenditure_by_function', 'basic', 'row' stands on line {above}"
     " too."),
    (RULES, "WT-01", {"severity": ""}, "severity: must not be blank."),
    (RULES, "WT-01", {"statement_zh": ""}, "statement_zh: must not be blank."),
    (RULES, "WT-01", {"from_fiscal_year": ""}, "from_fiscal_year: must not be blank."),
    (RULES, "CT-01", {"needed_tables": "revenue_expenditure_summary  revenue_by_function"},
     "needed_tables: 'revenue_expenditure_summary  revenue_by_function' names a table twice or has"
     " two spaces together."),
    (RULES, "CT-01", {"needed_tables": "any revenue_by_function"},
     "needed_tables: 'any' stands alone, not in 'any revenue_by_function'."),
    (RULES, "CT-01", {"needed_tables": "revenue_expenditure_summary expenditure_by_function"},
     "needed_tables: 'expenditure_by_function' stands on no side of CT-01;"
     " did you mean 'revenue_by_function'?"),
    (FINDINGS, f"WT-24,{SONGJIANG}", {"subject": ""}, "subject: must not be blank."),
    (FINDINGS, f"WT-24,{SONGJIANG}", {"reason_zh": ""}, "reason_zh: must not be blank."),
    (FINDINGS, f"WT-24,{SONGJIANG}", {"verdict": "confirm"},
     "verdict: 'confirm' is none of confirmed and unfounded; did you mean 'confirmed'?"),
    (FINDINGS, f"WT-24,{SONGJIANG}", {"rule_version": "99"},
     "rule_version: WT-24 has version 1, not 99 yet."),
    (FINDINGS, f"WT-24,{SONGJIANG}", {"until": "2020-01-31"},
     "until: '2020-01-31' is before reviewed_on '2026-11-23'."),
    (FINDINGS, f"WT-24,{SONGJIANG}", {"document_hash": "5657"},
     "document_hash: '5657' is no SHA-256 of a document."),
    (CHANGES, "function,move,2089901", {"kind": "rename"},
     "kind: a rename keeps the code, and 2089901 becomes 2089999."),
    (CHANGES, "function,rename,207", {"kind": "merge"},
     "kind: a merge changes the code, and 207 stays."),
    (CHANGES, "function,rename,207", {"to_name": "文化体育与传媒支出"},
     "to_name: '文化体育与传媒支出' is the former name too."),
    (CHANGES, "function,new", {"from_code": "207"},
     "from_code: must be blank like from_name where the kind is 'new'."),
    (CHANGES, "function,move,2089901", {"from_code": ""},
     "from_code: must not be blank where the kind is 'move'."),
    (CHANGES, "function,move,2109901", {"from_code": "2089901"},
     "from_code: 2089901 becomes two codes in one year; that is a split."),
    (COFOG, "01.1.2", {"consumption": ""},
     "consumption: must not be blank for a class such as 01.1.1."),
    (COFOG, "01.1,", {"consumption": "collective"},
     "consumption: must be blank but for a class such as 01.1.1."),
    (COFOG, "01.1.3", {"cofog_code": "01.0.3"},
     "cofog_code: '01.0.3' stands below '01.0', which is not in the list; did you mean '01.1'?"),
    (FUNCTION_COFOG, "20101", {"treatment": "unassigned"},
     "cofog_code: must be blank where the treatment is 'unassigned'."),
    (FUNCTION_COFOG, "20101", {"cofog_code": ""},
     "cofog_code: must not be blank where the treatment is 'function'."),
    (FUNCTIONS, "2010101", {"function_code": "2810101"},
     "function_code: '2810101' stands below '281', which is not in the list; did you mean '201'?"),
    (FUNCTIONS, "2010102", {"function_code": "2010101"},
     "function_code: '2010101' stands on line {above} too."),
    (ECONOMIC, "30101", {"economic_name": ""}, "economic_name: must not be blank."),
    (REGIONS, "310107", {"parent_region_code": "320000"},
     "parent_region_code: '310107' cannot stand below '320000'; did you mean '310000'?"),
    (REGIONS, "310107", {"parent_region_code": "310107"},
     "parent_region_code: '310107' cannot stand below '310107'; did you mean '310000'?"),
    (REGIONS, "310000", {"parent_region_code": "310000"},
     "parent_region_code: '310000' cannot stand below '310000'."),
    (REGIONS, "310107", {"parent_region_code": ""},
     "parent_region_code: must not be blank for '310107', which is no province;"
     " did you mean '310000'?"),
    (REGIONS, "310107", {"region_name": "普\x0b陀区"},
     "region_name: '普\\x0b陀区' holds the character U+000B; take it out."),
    (REGIONS, "310107", {"region_name": "普\n陀区"},
     "region_name: '普\\n陀区' holds the character U+000A; take it out."),
    (LINES, "revenue,财政拨款,", {"label": "财政拨款收入"},
     "side label: 'revenue', '财政拨款收入' stands on line {above} too."),
    (LABELS, "stage,final_accounts", {"label_zh": ""}, "label_zh: must not be blank."),
    (LABELS, "phrase,total revenue,", {"name": "total row "},
     "name: 'total row ' has a space before or after it; take it out."),
    (LABELS, "phrase,total revenue,", {"name": "totalrow"},
     "kind name: 'phrase', 'totalrow' differs from line {above} in spaces or width only."),
]  # fmt: skip

# Faults of a file: the list, what stands in it, what stands there then, the sentences.
FILES = [
    (REGIONS, b"region_name,", b"regoin_name,",
     "regions.csv:1: 'regoin_name' is no column of the list; did you mean 'region_name'?"),
    (REGIONS, b"region_name,", b"region_name ,",
     "regions.csv:1: 'region_name ' is no column of the list; did you mean 'region_name'?"),
    (REGIONS, b"region_name,", b"region_name,,",
     "regions.csv:1: a column has no name; take it out."),
    (REGIONS, b"region_name,", b"", "regions.csv:1 region_name: the column is missing."),
    (REGIONS, b"region_name,", b"region_name,region_name,",
     "regions.csv:1 region_name: the column stands twice; keep one of them."),
    (REGIONS, b",", b";",
     "regions.csv:1: the values have no comma between them; save the list with commas."),
    (RULES, b"In T1 total revenue is", b"In T1, total revenue is",
     f"reconciliation_rules.csv:2: the row has {WIDTH + 1} values where the header has {WIDTH}"
     " columns;"
     " put quotes around a value that contains a comma."),
    (RULES, b",=,skip,exact,Arithmetic identity of the printed table,,2015", b",=,skip",
     f"reconciliation_rules.csv:2: the row has {WIDTH - 4} values where the header has {WIDTH}"
     " columns;"
     " put quotes around a value that contains a comma."),
    (FINDINGS, b'"A fourth', b'"A "fourth',
     "known_findings.csv:2: the file is not a well-formed CSV (',' expected after '\"');"
     " check its quotes."),
    (LABELS, "决算".encode(), "决算".encode("gbk"),
     "labels.csv:23: the file is not UTF-8; save it as UTF-8."),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reference lists of the repository, beside its disclosures, to be mistyped."""
    return mistakable(tmp_path / "seeds")


def sentences(folder: Path) -> list[str]:
    return [str(fault) for fault in list_faults(folder)]


def test_the_lists_of_the_repository_are_sound() -> None:
    assert sentences(SEEDS / "reference") == []


@pytest.mark.parametrize(("name", "row", "column", "value", "reason"), NAMES_OF_NOTHING)
def test_a_name_of_nothing(
    folder: Path, name: str, row: str, column: str, value: str, reason: str
) -> None:
    line = typed(folder, name, row, {column: value})
    assert f"{name}.csv:{line} {column}: {value!r} {reason}" in sentences(folder)


@pytest.mark.parametrize(("name", "row", "values", "sentence"), MISFITS)
def test_what_does_not_fit(
    folder: Path, name: str, row: str, values: dict[str, str], sentence: str
) -> None:
    line = typed(folder, name, row, values)
    separator = "" if sentence.startswith(":") else " "
    (message,) = sentences(folder)
    assert message == f"{name}.csv:{line}{separator}{sentence.format(above=line - 1)}"


@pytest.mark.parametrize(("name", "old", "new", "sentence"), FILES)
def test_a_file_that_cannot_be_read(
    folder: Path, name: str, old: bytes, new: bytes, sentence: str
) -> None:
    file = folder / f"{name}.csv"
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new, -1 if new == b";" else 1))
    assert sentences(folder) == [sentence]


@pytest.mark.parametrize(
    ("kept", "dropped", "sentences_said"),
    [
        (
            "CT-11,stated",
            "CT-11,computed",
            ["side_of_claim: CT-11 has no computed side for the subject 'basic expenditure'."],
        ),
        (
            "WT-07,stated",
            "WT-07,computed",
            ["side_of_claim: WT-07 has no computed side for each row of expenditure_by_function."],
        ),
    ],
)
def test_a_rule_with_one_side(
    folder: Path, kept: str, dropped: str, sentences_said: list[str]
) -> None:
    file = folder / "reconciliation_sides.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith(dropped)]
    file.write_text("\n".join(lines), encoding="utf-8")
    number = next(number for number, line in enumerate(lines, 1) if line.startswith(kept))
    assert sentences(folder) == [f"{file.name}:{number} {message}" for message in sentences_said]


def test_a_subject_with_a_slip_has_one_side(folder: Path) -> None:
    line = typed(folder, SIDES, "WT-01,stated", {"subject": "total revenu"})
    assert sentences(folder) == [
        f"{SIDES}.csv:{line} side_of_claim: WT-01 has no computed side for the subject"
        " 'total revenu'; did you mean 'total revenue'?",
        f"{SIDES}.csv:{line + 1} side_of_claim: WT-01 has no stated side for the subject"
        " 'total revenue'; did you mean 'total revenu'?",
    ]


def test_a_rule_without_a_side_or_a_model(folder: Path) -> None:
    """A row for a new rule alone does nothing; so do sides of a rule that has no row."""
    file = folder / f"{RULES}.csv"
    rows = file.read_text(encoding="utf-8")
    new = next(row for row in rows.splitlines() if row.startswith("WT-01")).replace(
        "WT-01", "WT-99"
    )
    file.write_text(f"{rows}{new}\n", encoding="utf-8")
    (message,) = sentences(folder)
    assert message.endswith("'WT-99' has no side in reconciliation_sides.csv and no model.")


def test_what_is_wrong_on_many_lines_is_said_once(folder: Path) -> None:
    """And at most fifty sentences are said."""
    edit(folder / f"{REGIONS}.csv", lambda row: row.update(region_name=""))
    assert sentences(folder)[0].startswith(
        f"{REGIONS}.csv:2 region_name: must not be blank (and on "
    )
    edit(folder / f"{REGIONS}.csv", lambda row: row.update(region_name="某地"))
    edit(
        folder / f"{FUNCTIONS}.csv",
        lambda row: row.update(document_count="x" + row["function_code"]),
    )
    with pytest.raises(UnsoundListsError) as raised:
        require_sound_lists(folder)
    first, *others, last = str(raised.value).splitlines()
    count = len(list_faults(folder))
    assert first == (
        f"The reference lists in {folder} have {count:,} faults; mend that and build again."
    )
    assert len(others) == 50
    assert last == f"and {count - 50:,} more"


def test_a_list_that_is_missing_or_unknown(folder: Path) -> None:
    (folder / f"{LABELS}.csv").rename(folder / "lables.csv")
    (folder / f"{REGIONS}.csv").rename(folder / "regions.csv.txt")
    (folder / f"{COFOG}.csv").unlink()
    assert sentences(folder) == [
        "cofog.csv: the list is missing.",
        "labels.csv: the list is missing; did you mean 'lables.csv'?",
        "lables.csv: there is no list of this name; did you mean 'labels.csv'?",
        "regions.csv: the list is missing; did you mean 'regions.csv.txt'?",
    ]


def test_an_empty_list(folder: Path) -> None:
    """Nobody needs to have looked up a finding; all else is there for a purpose."""
    (folder / f"{LABELS}.csv").write_bytes(b"")
    for name in (REGIONS, FINDINGS, CHANGES):
        edit(folder / f"{name}.csv", lambda row: None, keep=lambda row: False)
    assert sentences(folder) == [
        "labels.csv:1: the file is empty; its first line names the columns.",
        "regions.csv: the list has no rows.",
    ]


def test_what_is_no_file_is_not_waited_on(folder: Path) -> None:
    for name in (LABELS, REGIONS, COFOG):
        (folder / f"{name}.csv").unlink()
    os.mkfifo(folder / f"{LABELS}.csv")
    (folder / f"{REGIONS}.csv").mkdir()
    (folder / f"{COFOG}.csv").symlink_to("nowhere")
    assert sentences(folder) == [
        f"{name}.csv: it is no regular file." for name in (COFOG, LABELS, REGIONS)
    ]


def test_what_spreadsheets_and_editors_leave_is_no_fault(folder: Path) -> None:
    untidy(folder)
    assert sentences(folder) == []


def test_a_finding_of_a_disclosure_that_lies_elsewhere(tmp_path: Path) -> None:
    """Other seeds begin with a copy of the lists; a slip is told from what they do not hold."""
    reference = tmp_path / "reference"
    shutil.copytree(SEEDS / "reference", reference)
    assert sentences(reference) == [], "without disclosures beside it a list names any"
    copied(SONGJIANG, tmp_path, "ours")
    assert sentences(reference) == []
    line = typed(reference, FINDINGS, f"WT-24,{SONGJIANG}", {"disclosure_id": "ours"})
    assert sentences(reference) == []
    (tmp_path / "disclosures" / "ours").rename(tmp_path / "disclosures" / "2021")
    assert sentences(reference) == [], "whatever its folder is called"
    typed(reference, FINDINGS, "WT-24,ours", {"disclosure_id": "2021"})
    assert sentences(reference) == [
        f"{FINDINGS}.csv:{line} disclosure_id: '2021' is no disclosure that a disclosure.csv"
        f" declares; did you mean '{SONGJIANG}'?"
    ]
    (tmp_path / "disclosures" / "2021" / "disclosure.csv").write_bytes(b"\xff\x00,\n")
    assert sentences(reference) == [], "where it cannot be read its folder may bear its name"
    typed(reference, FINDINGS, "WT-24,2021", {"disclosure_id": "x" * 300})
    (message,) = sentences(reference)
    assert message.startswith(
        f"{FINDINGS}.csv:{line} disclosure_id: '{'x' * 80}…' is no disclosure"
    )


def test_lists_whose_disclosures_lie_elsewhere_are_asked_for_slips_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budget_warehouse.contract.reference_lists.check.ROOT", tmp_path)
    reference = tmp_path / "reference"
    shutil.copytree(SEEDS / "reference", reference)
    copied(SONGJIANG, tmp_path, "putuo-wanli-2026-budget")
    copied(SONGJIANG, tmp_path, "putuo-wanli-2024-budget")
    assert sentences(reference) == []
    wrong = {"disclosure_id": "putuo-wanli-2024-buget"}
    line = typed(reference, FINDINGS, "WT-24,putuo-wanli-2024", wrong)
    assert sentences(reference) == [
        f"{FINDINGS}.csv:{line} disclosure_id: 'putuo-wanli-2024-buget' is no disclosure that a"
        " disclosure.csv declares; did you mean 'putuo-wanli-2024-budget'?"
    ]


def test_a_list_that_is_new_is_checked_by_what_dbt_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Types, keys, required and accepted values; and what begins does so before it ends."""
    declared = tmp_path / "_reference.yml"
    declared.write_text(
        """
seeds:
  - name: terms
    config:
      column_types: {term: string, is_used: boolean, rank: integer, began_on: date,
        from_fiscal_year: integer, until_fiscal_year: integer, note: string}
    data_tests:
      - unique_by:
          arguments: {columns: [term]}
    columns:
      - name: term
        data_tests:
          - not_null
          - accepted_values:
              arguments: {values: [one, two, three]}
"""
    )
    monkeypatch.setattr(contract, "_DECLARED", declared)
    (tmp_path / "terms.csv").write_text(
        "term,is_used,rank,began_on,from_fiscal_year,until_fiscal_year,note\n"
        "one,true,1,2021-01-31,2019,2021,\n"
        "tow,yes,first,31.1.2021,20x1,,\n"
        "two,false,2,,2021,2019, free \n"
        "two,,,,,,\n"
        ",,,,,,blank\n"
    )
    assert sentences(tmp_path) == [
        "terms.csv:3 term: 'tow' is none of one, two and three; did you mean 'two'?",
        "terms.csv:3 is_used: 'yes' is none of true and false; did you mean 'true'?",
        "terms.csv:3 rank: 'first' is no whole number.",
        "terms.csv:3 began_on: '31.1.2021' is no date such as 2021-01-31.",
        "terms.csv:3 from_fiscal_year: '20x1' is no fiscal year from 1990 to 2099.",
        "terms.csv:4 from_fiscal_year: '2021' is after until_fiscal_year '2019'.",
        "terms.csv:5 term: 'two' stands on line 4 too.",
        "terms.csv:6 term: must not be blank.",
    ]


def test_figures_that_amounts_are_set_against_may_be_absent_and_are_sound(folder: Path) -> None:
    figures = folder / "context_figures.csv"
    assert list_faults(folder) == []
    figures.unlink()
    assert list_faults(folder) == []
    assert contract.list_file(folder, "context_figures").is_file()
    figures.write_text(
        "kind,region_code,organization_name,year,value,unit,source\n"
        "population,310107,,2024,100.5,万人,a communiqué\n"
        "population,310108,某局,2024,100.5,万人,a communiqué\n"
        "population,,,2024,0,人,a communiqué\n"
        "staff,,,2024,20,人,a budget\n"
        "staff,,某局,24,20,户,a budget\n"
        "deflator,310000,,2024,104.5,2020=100,a yearbook\n"
        "deflator,310001,,2024,104.5,2020=100,\n",
        encoding="utf-8",
    )
    assert [str(fault) for fault in list_faults(folder)] == [
        "context_figures.csv:3 organization_name: must be blank where the kind is 'population'.",
        "context_figures.csv:4 region_code: must not be blank where the kind is 'population'.",
        "context_figures.csv:4 value: must be above 0.",
        "context_figures.csv:5 organization_name: must not be blank where the kind is 'staff'.",
        "context_figures.csv:6 year: '24' is no year from 1990 to 2099.",
        "context_figures.csv:8 region_code: '310001' is no region of regions.csv; did you mean"
        " '310000'?",
        "context_figures.csv:8 source: must not be blank.",
    ]


def test_disclosures_that_are_to_be_published_may_be_absent_and_are_sound(folder: Path) -> None:
    expected = folder / "expected_disclosures.csv"
    expected.unlink()
    assert list_faults(folder) == []
    expected.write_text(
        "region_code,organization_name,scope,fiscal_year,stage,due_on,source\n"
        "310107,某局,department,2025,initial_budget,2025-03-01,a notice\n"
        "310107,某局,department,2025,initial_budget,2025-03-02,a notice\n"
        "310001,某局,bureau,2025,budget,1.3.2025,\n",
        encoding="utf-8",
    )
    assert [str(fault) for fault in list_faults(folder)] == [
        "expected_disclosures.csv:3: '310107', '某局', 'department', '2025', 'initial_budget'"
        " stands on line 2 too.",
        "expected_disclosures.csv:4 region_code: '310001' is no region of regions.csv; did you mean"
        " '310000'?",
        "expected_disclosures.csv:4 scope: 'bureau' is none of department and unit; did you mean"
        " 'department'?",
        "expected_disclosures.csv:4 stage: 'budget' is none of initial_budget, adjusted_budget and"
        " final_accounts; did you mean 'initial_budget'?",
        "expected_disclosures.csv:4 due_on: '1.3.2025' is no date such as 2021-01-31.",
        "expected_disclosures.csv:4 source: must not be blank.",
    ]


def test_the_contract_says_nothing_that_the_lists_and_models_do_not() -> None:
    declared = contract.reference_lists()
    assert contract.COLUMNS.keys() == declared.keys()
    for name, columns in contract.COLUMNS.items():
        assert columns.keys() <= declared[name].columns.keys()
    model = (DBT_PROJECT / "models" / "intermediate" / "int_printed_amounts.sql").read_text("utf-8")
    (roles,) = re.findall(r"set project_funds = (\{.*?\})", model, re.DOTALL)
    assert ROLES_BY_MEASURE["projects"] == ast.literal_eval(roles)
    macro = (DBT_PROJECT / "macros" / "printed_values.sql").read_text("utf-8")
    (wide,) = re.findall(r"'(（[^' {]*)", macro)
    label = declared[LINES].columns["label"].form
    assert [sign for sign in wide if re.fullmatch(label, f"财政{sign}拨款")] == []


def test_the_lists_are_checked_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    def checked() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "budget_warehouse", "check-lists"],
            cwd=REPOSITORY,
            env=environment(folder.parent, tmp_path / "warehouse"),
            capture_output=True,
            text=True,
            check=False,
        )

    sound = checked()
    assert (sound.returncode, sound.stdout) == (0, f"The reference lists in {folder} are sound.\n")
    line = typed(folder, RULES, "WT-01", {"family": "within_tabel"})
    faulty = checked()
    assert faulty.returncode == 1
    assert faulty.stderr.splitlines()[1:] == [
        f"{RULES}.csv:{line} family: 'within_tabel' is no family of rules;"
        " did you mean 'within_table'?"
    ]


def added(folder: Path, name: str, **values: str) -> int:
    """Add a row to a list; the line on which it stands."""
    file = folder / f"{name}.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    assert values.keys() <= {*columns}
    lines.append(",".join(values.get(column, "") for column in columns))
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return len(lines)


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        (TABLES, {"table_name": "projects", "title": "项目", "rows": "projects"},
         "table_name: 'projects' is the name of another file; take a new one."),
        (TABLES, {"table_name": "printed_rows", "title": "项目", "rows": "projects"},
         "table_name: 'printed_rows' is the name of another file; take a new one."),
        (TABLES, {"table_name": "expenditure_by_function", "title": "总表之二", "rows": "lines"},
         "rows: 'lines' stands against 'functions' on line {first}."),
        (COLUMNS, {"column_name": "row_number", "heading": "行", "role": "measure"},
         "column_name: 'row_number' is what a row is about; take another name for a measure."),
        (COLUMNS, {"column_name": "class_code", "heading": "类款", "role": "key",
                   "nature": "basic"},
         "nature: must be blank where the role is 'key'."),
        (COLUMNS, {"column_name": "basic", "heading": "基本之二", "role": "measure",
                   "nature": "project", "part_of": "total"},
         "nature: 'basic' has 'project' here and 'basic' on line {first}; a column means one"
         " thing."),
    ],
)  # fmt: skip
def test_a_row_of_printed_tables_that_does_not_fit(
    folder: Path, name: str, values: dict[str, str], sentence: str
) -> None:
    file = folder / f"{name}.csv"
    start = next(iter(values.values())) + ","
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next((n for n, line in enumerate(lines, 1) if line.startswith(start)), 0)
    line = added(folder, name, **values)
    assert f"{name}.csv:{line} {sentence.format(first=first)}" in sentences(folder)


def test_a_measure_that_is_part_of_itself(folder: Path) -> None:
    for column, whole in (("one_tree", "other_tree"), ("other_tree", "one_tree")):
        added(
            folder,
            COLUMNS,
            column_name=column,
            heading=column,
            role="measure",
            nature="total",
            part_of=whole,
        )
    messages = [sentence for sentence in sentences(folder) if "would be part of itself" in sentence]
    assert len(messages) == 2


def test_what_models_name_has_to_be_in_the_lists(folder: Path) -> None:
    edit(
        folder / f"{TABLES}.csv",
        lambda row: None,
        keep=lambda row: row["table_name"] != "state_capital_by_function",
    )
    edit(
        folder / f"{COLUMNS}.csv",
        lambda row: None,
        keep=lambda row: row["column_name"] != "vehicle_purchase",
    )
    messages = sentences(folder)
    for start in (
        "raw_tables.csv table_name: there is no 'state_capital_by_function', which models name",
        "raw_columns.csv column_name: there is no measure 'vehicle_purchase' of",
    ):
        assert any(sentence.startswith(start) for sentence in messages), messages
