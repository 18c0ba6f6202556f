"""Which raw values can be read: the checks of the contract's kinds, as SQL over whole tables.

They accept exactly what the staging models can cast; nothing is converted here.
"""

from collections.abc import Iterator

import duckdb

from dagster_project.raw_csv import ENUMERATIONS, RAW_TABLES, Columns, Kind
from dagster_project.raw_file import Reject

_PRINTED_DIGITS = (
    "translate({}, '０１２３４５６７８９．（）－—–−，, 　\u00a0', '0123456789.()----')"
)

# {value} is the text as printed, {digits} the same in ASCII digits without spaces and separators.
_READABLE: dict[Kind, tuple[str, str]] = {
    Kind.REQUIRED_TEXT: ("trim({value}, ' 　') <> ''", "must not be empty"),
    Kind.AMOUNT: (
        "regexp_full_match({digits},"
        " '|--?|-?[0-9]+([.][0-9]{{1,6}})?|[(][0-9]+([.][0-9]{{1,6}})?[)]')"
        " and length({digits}) <= 20",
        "is not an amount; write the digits as printed, such as 1,234.00",
    ),
    Kind.PERCENT: (
        "regexp_full_match({digits}, '|-?[0-9]+([.][0-9]{{1,6}})?[%％]?')",
        "is not a percentage; write it as printed, such as 47.65%",
    ),
    Kind.ROW_NUMBER: (
        "regexp_full_match({digits}, '[0-9]{{1,9}}')",
        "is not a row number; number the rows 1, 2, 3 in printed order",
    ),
    Kind.CLASS_CODE: (
        "regexp_full_match({digits}, '|[0-9]{{3}}|[0-9]{{5}}|[0-9]{{7}}')",
        "is not the code of a class, which has 3 digits",
    ),
    Kind.CODE_PART: (
        "regexp_full_match({digits}, '|[0-9]{{1,2}}|[0-9]{{5}}|[0-9]{{7}}')",
        "is not a part of an account code, which has 2 digits below the class",
    ),
    Kind.YEAR: ("regexp_full_match({digits}, '|(19|20)[0-9]{{2}}')", "is not a year such as 2021"),
    Kind.REQUIRED_YEAR: (
        "regexp_full_match({digits}, '(19|20)[0-9]{{2}}')",
        "is not a year such as 2021",
    ),
    Kind.DATE: (
        "{digits} = '' or try_cast(translate(case"
        " when {digits} like '%月%' then translate({digits}, '年月日', '--')"
        " when regexp_full_match({digits}, '[0-9]{{8}}')"
        " then {digits}[1:4] || '-' || {digits}[5:6] || '-' || {digits}[7:8]"
        " else {digits} end, '/.', '--') as date) is not null",
        "is not a date; write it as 2021-01-31",
    ),
    Kind.REVISION: (
        "regexp_full_match({digits}, '[1-9][0-9]{{0,3}}')",
        "is not a revision such as 1",
    ),
    Kind.REGION_CODE: (
        "regexp_full_match({digits}, '[0-9]{{6}}')",
        "is not a region code of six digits (GB/T 2260)",
    ),
}

# What nearly every value meets and is cheap to ask: `translate` costs eight times as much. Where
# it is not given, it is the condition itself, of the value as it stands.
_PLAIN: dict[Kind, str] = {
    Kind.AMOUNT: "regexp_full_match({value}, '|-?[0-9][0-9,]*([.][0-9]{{1,6}})?')"
    " and length({value}) <= 20",
}


def unreadable_values(
    connection: duckdb.DuckDBPyConnection, incoming: str
) -> Iterator[tuple[str, Reject]]:
    """The values of the incoming tables that staging could not read, each with its folder.

    `incoming` is the prefix of the incoming tables, which have the columns of the contract,
    `folder` and `line_number`.
    """
    for table, columns in RAW_TABLES.items():
        if not _has_suspects(connection, f"{incoming}{table}", columns):
            continue
        checks = [(*_check(column, kind), column) for column, kind in columns.items()]
        checks += [(*_repeated(columns), _key(columns))]
        for condition, reason, column in checks:
            if condition:
                for folder, disclosure_id, line, value in connection.execute(
                    f'select folder, disclosure_id, line_number, "{column}"'
                    f" from (select *, {condition} as is_readable from suspects)"
                    " where not is_readable order by all"
                ).fetchall():
                    file = f"{folder}/{table}.csv"
                    yield (
                        folder,
                        Reject(disclosure_id, file, line, column, value, f"{value!r} {reason}"),
                    )


def _has_suspects(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns) -> bool:
    """Leave in `suspects` the rows of disclosures in which a value may be unreadable, if any.

    One pass over the table. Rows numbered as their lines are have numbers of their own.
    """
    conditions = [_check(column, kind)[0] for column, kind in columns.items()]
    unreadable = " ".join(
        f"when not ({condition}) then true" for condition in conditions if condition
    )
    key = _key(columns)
    if key == "row_number":
        offset = 'try_cast("row_number" as integer) - line_number'
        are_own = f"count({offset}) = count(*) and min({offset}) = max({offset})"
    else:
        are_own = f'count(distinct trim("{key}")) = count(*)'
    connection.execute(
        f'create or replace temp table suspects as select * from "{table}"'
        f' where (folder, disclosure_id) in (select (folder, disclosure_id) from "{table}"'
        " group by folder, disclosure_id"
        f" having bool_or(case {unreadable} else false end) or not ({are_own}))"
    )
    return bool(connection.execute("select exists (from suspects)").fetchall()[0][0])


def _check(column: str, kind: Kind) -> tuple[str, str]:
    """The condition a readable value meets, and what to say of one that does not."""
    if kind in ENUMERATIONS:
        allowed = ENUMERATIONS[kind]
        listed = ", ".join(f"'{value}'" for value in allowed)
        named = ", ".join(value or "(empty)" for value in allowed)
        return f"trim(\"{column}\", ' 　') in ({listed})", f"must be one of: {named}"
    condition, reason = _READABLE.get(kind, ("", ""))
    if not condition:
        return "", ""
    value = f'"{column}"'
    plain = _PLAIN.get(kind, condition).format(value=value, digits=value)
    printed = condition.format(value=value, digits=_PRINTED_DIGITS.format(value))
    return f"case when {plain} then true else {printed} end", reason


def _key(columns: Columns) -> str:
    """The column that tells the rows of one disclosure in one table apart."""
    return next(key for key in ("row_number", "table_name", "disclosure_id") if key in columns)


def _repeated(columns: Columns) -> tuple[str, str]:
    """The condition that a row's key stands once in its disclosure."""
    key = _key(columns)
    partition = f'partition by folder, disclosure_id, trim("{key}") order by line_number'
    return f"row_number() over ({partition}) = 1", f"stands twice as {key}; every row needs its own"
