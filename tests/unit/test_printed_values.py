"""Staging casts every value that landing accepts, and both read it as a person does.

Each kind is read here a second time, with Python's own numbers and dates and without a pattern of
the project. Texts put together at random must come to the same: the same value, or no value.
"""

import csv
import unicodedata
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warehouses import SONGJIANG, copied, edit

from benchmarks.columns import COLUMNS
from budget_warehouse.contract.printed_values import rendered
from budget_warehouse.contract.raw_csv import Kind
from budget_warehouse.contract.reasons import reason
from budget_warehouse.landing.landing import land
from budget_warehouse.landing.raw_values import _condition

REFUSED = "refused"

SPACES = "".join(
    character
    for character in map(chr, range(0x3001))
    if character.isspace() and not "\x1c" <= character <= "\x1f"  # landing keeps those for itself
)
INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
DASHES = "－—–−\u2010\u2011\u2012\u2015\u2500\u2501\ufe58\ufe63"
UNITS = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}


def plain(text: str) -> str:
    """The text as a person would type it on a plain keyboard."""
    typed = ""
    for character in text:
        if character in SPACES:
            typed += " "
        elif character in DASHES:
            typed += "-"
        elif character in "﹐﹒﹙﹚﹪，．（）％／：＿" or (
            "！" <= character <= "～" and unicodedata.normalize("NFKC", character).isalnum()
        ):
            typed += unicodedata.normalize("NFKC", character)
        elif character not in INVISIBLE:
            typed += character
    return typed.strip(" ")


def is_digits(text: str, *lengths: int) -> bool:
    return text.isascii() and text.isdigit() and (not lengths or len(text) in lengths)


def unsigned(text: str, may_have_spaces: bool) -> Decimal | None:
    """A number with separators; None where it is none, or could be two."""
    whole, point, decimals = text.partition(".")
    if point and not is_digits(decimals, *range(1, 7)):
        return None
    if point and may_have_spaces:
        whole = whole.removesuffix(" ")
    is_comma_left = bool(point) and whole.endswith(",")
    if is_comma_left:
        whole = whole[:-1]
    groups, separators = [""], [""]
    for before, character in pairwise(["0", *whole]):
        if is_digits(character) == is_digits(before):
            (groups if is_digits(character) else separators)[-1] += character
        elif is_digits(character):
            groups.append(character)
        else:
            separators.append(character)
    separators = separators[1:]
    if not all(map(is_digits, groups)) or len(groups) != len(separators) + 1:
        return None
    if set(separators) <= {","}:
        is_one = bool(point) or not separators or len(groups[-1]) == 3
    else:
        is_one = (
            may_have_spaces
            and not is_comma_left
            and len(groups[0]) <= 3
            and all(len(group) == 3 for group in groups[1:])
            and all(one == " " or one.strip(" ") == "," for one in separators)
            and (bool(point) or len(separators) > 1 or "," in separators[0])
        )
    return Decimal(f"{''.join(groups)}.{decimals or 0}") if is_one else None


def amount(text: str, unit: str) -> Any:
    typed = plain(text)
    if not typed:
        return None
    if not typed.strip("- "):
        return Decimal(0)
    is_bracketed = typed.startswith("(") and typed.endswith(")") and len(typed) > 1
    is_negative = is_bracketed or typed.startswith("-")
    inner = typed[1:-1].strip(" ") if is_bracketed else typed.removeprefix("-").lstrip(" ")
    value = unsigned(inner, may_have_spaces=True)
    if (
        value is None
        or len(typed) > 40
        or value * UNITS.get(plain(unit).replace(" ", ""), 1) >= 10**15
    ):
        return REFUSED
    return -value if is_negative else value


def percent(text: str, unit: str) -> Any:
    typed = plain(text)
    if not typed:
        return None
    value = unsigned(typed.removesuffix("%").rstrip(" ").removeprefix("-"), may_have_spaces=False)
    if value is None or len(typed) > 40 or value >= 10**7:
        return REFUSED
    return -value if typed.startswith("-") else value


def printed_date(text: str, unit: str) -> Any:
    day = plain(text)
    if not day:
        return None
    if ":" in day:
        before, _, minutes = day.partition(":")
        hour_digits = len(before) - len(before.rstrip("0123456789"))
        before, hours = before[: len(before) - hour_digits], before[len(before) - hour_digits :]
        day, clock = before.rstrip(" "), f"{hours}:{minutes}"
        if day.endswith("T"):
            day = day[:-1]
            if day.endswith(" "):
                return REFUSED
        elif day == before:
            return REFUSED
        clock, point, fraction = clock.strip(" ").partition(".")
        parts = clock.split(":")
        if point and (len(parts) != 3 or not is_digits(fraction)):
            return REFUSED
        if not is_digits(parts[0], 1, 2) or not all(is_digits(part, 2) for part in parts[1:]):
            return REFUSED
        if len(parts) > 4:
            return REFUSED
        hour, minute, second, microsecond = [*(int(part) for part in parts), 0, 0, 0][:4]
        try:
            time(hour, minute, second, microsecond)
        except ValueError:
            return REFUSED
    parts = [day[:4], day[4:6], day[6:]] if is_digits(day, 8) else []
    for separator in "-/.":
        if day.count(separator) == 2:
            parts = day.split(separator)
    if "年" in day and "月" in day:
        year, _, rest = day.partition("年")
        month, _, number = rest.partition("月")
        parts = [part.strip(" ") for part in (year, month, number.removesuffix("日"))]
    if len(parts) != 3 or not is_digits(parts[0], 4):
        return REFUSED
    if not all(is_digits(part, 1, 2) for part in parts[1:]) or not "1900" <= parts[0] <= "2099":
        return REFUSED
    try:
        return date(*map(int, parts))
    except ValueError:
        return REFUSED


def whole_number(allowed: Callable[[int, str], bool], blank: Any) -> Callable[[str, str], Any]:
    def read(text: str, unit: str) -> Any:
        typed = plain(text)
        if not typed:
            return blank
        return int(typed) if is_digits(typed) and allowed(int(typed), typed) else REFUSED

    return read


def code(text: str, unit: str) -> Any:
    return plain(text).replace(" ", "") or None


def text_or_null(text: str, unit: str) -> Any:
    return text.strip(SPACES + INVISIBLE) or None


def required(read: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    def read_or_refuse(text: str, unit: str) -> Any:
        value = read(text, unit)
        return REFUSED if value is None else value

    return read_or_refuse


def word(*words: str) -> Callable[[str, str], Any]:
    def read(text: str, unit: str) -> Any:
        meaning = code(text, unit)
        return meaning if (meaning or "") in words else REFUSED

    return read


# Each kind with the macro that casts it, and the reading of a person.
READINGS: dict[Kind, tuple[str, Callable[[str, str], Any]]] = {
    Kind.TEXT: ("text_or_null", text_or_null),
    Kind.REQUIRED_TEXT: ("text_or_null", required(text_or_null)),
    Kind.AMOUNT: ("amount", amount),
    Kind.PERCENT: ("percent", percent),
    Kind.ROW_NUMBER: ("whole_number", whole_number(lambda n, text: len(text) < 10, REFUSED)),
    Kind.CODE: ("code", code),
    Kind.REQUIRED_CODE: ("code", required(code)),
    Kind.YEAR: (
        "whole_number",
        whole_number(lambda n, text: len(text) == 4 and 1900 <= n <= 2099, None),
    ),
    Kind.REQUIRED_YEAR: (
        "whole_number",
        whole_number(lambda n, text: len(text) == 4 and 1900 <= n <= 2099, REFUSED),
    ),
    Kind.DATE: ("printed_date", printed_date),
    Kind.UNIT: ("word", code),
    Kind.SIDE: ("word", word("", "revenue", "expenditure")),
    Kind.STAGE: ("word", word("initial_budget", "adjusted_budget", "final_accounts")),
    Kind.BASE_STAGE: ("word", word("", "initial_budget", "adjusted_budget", "executed")),
    Kind.SCOPE: ("word", word("department", "unit")),
    Kind.REVISION: (
        "whole_number",
        whole_number(lambda n, text: 1 <= n <= 9999 and text[0] != "0", REFUSED),
    ),
    Kind.ORGANIZATION_TYPE: ("word", word("", "行政单位", "参公单位", "事业单位")),
    Kind.READING: ("word", word("", "by_program", "reviewed")),
    Kind.COUNT: ("whole_number", whole_number(lambda n, text: len(text) < 10, None)),
}

WIDE = str.maketrans("0123456789.,()-%/:_aeit", "０１２３４５６７８９．，（）－％／：＿ａｅｉｔ")
PIECES = st.sampled_from(
    [
        *"0123456789",
        *"000",
        *",.，．-—()（）%％/：: 年月日T",
        *SPACES,
        *INVISIBLE,
        *"+eE'",
        "٣",
        "Ⅳ",
        "²",
    ]
)
LISTED = [
    "revenue",
    "initial_budget",
    "executed",
    "unit",
    "department",
    "行政单位",
    "元",
    "万元",
    "epoch",
]


@st.composite
def printed_numbers(draw: st.DrawFn) -> str:
    """Amounts in the forms that documents print, and some that they should not."""
    digits = draw(st.integers(0, 10 ** draw(st.integers(1, 22))))
    separator = draw(
        st.sampled_from(["", ",", " ", "\u00a0", "\u2009", "\u3000", ", ", ",\u00a0", ",,"])
    )
    number = f"{digits:,}".replace(",", separator)
    number += draw(st.sampled_from(["", ".0", ".50", ".123456", ".1234567", ",5", " .50", ",.50"]))
    form = draw(
        st.sampled_from(["{}", "{}", "-{}", "- {}", "({})", "( {} )", "{}%", "(-{})", "+{}"])
    )
    return form.format(number)


@st.composite
def printed_dates(draw: st.DrawFn) -> str:
    year = draw(st.integers(1895, 2105) | st.just(110))
    month, day = draw(st.integers(0, 13)), draw(st.integers(0, 32))
    form = draw(
        st.sampled_from(
            [
                "{}-{}-{}",
                "{}-{:02}-{:02}",
                "{}/{}/{}",
                "{}.{}.{}",
                "{}年{}月{}日",
                "{} 年 {} 月 {} 日",
                "{}{:02}{:02}",
                "{}年{}月{}",
                "{}-{}.{}",
                "{}年{}月",
            ]
        )
    )
    clock = draw(
        st.sampled_from(["", "", " 10:00:00", " 9:30", "T23:59:59.5", " 24:00", " 10:0", "Z"])
    )
    return form.format(year, month, day) + clock


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Printed values, often with a few characters more, less or wider than they should have."""
    text = draw(
        printed_numbers()
        | printed_dates()
        | st.integers(1890, 2110).map(str)
        | st.integers(0, 10**12).map(str)
        | st.sampled_from([*LISTED, "", "—", "--", "201"])
        | st.text(PIECES, max_size=9)
        | st.text(st.characters(codec="utf-8", exclude_characters="\0\x1d\x1e\x1f"), max_size=5)
    )
    if draw(st.sampled_from([False, False, True])):
        text = text.translate(WIDE)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(PIECES | st.just("")) + text[place + draw(st.integers(0, 1)) :]
    return text


BATCHES = st.lists(
    st.tuples(texts(), st.sampled_from([*UNITS, "万\u00a0元", "箱", ""])), min_size=60, max_size=120
)


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@settings(max_examples=25, deadline=None)
@given(batch=BATCHES)
def test_what_landing_accepts_staging_casts_to_what_a_person_reads(
    engine: duckdb.DuckDBPyConnection, batch: list[tuple[str, str]]
) -> None:
    values, units = map(list, zip(*batch, strict=True))
    engine.execute(
        "create or replace temp table printed as"
        " select unnest(cast(? as text[])) as value, unnest(cast(? as text[])) as unit,"
        " unnest(range(?)) as place",
        [values, units, len(values)],
    )
    assert READINGS.keys() == set(Kind)
    for kind, (macro, read) in READINGS.items():
        condition = _condition("value", kind) or "true"
        accepted = engine.execute(f"select {condition} from printed order by place").fetchall()
        # Staging casts without asking again, so the condition does not guard the cast here.
        cast = engine.execute(
            f"create or replace temp table accepted as select * from printed where {condition}"
        ).execute(f"select place, {rendered(macro, 'value')} from accepted")
        values_read = dict(cast.fetchall())
        for place, ((is_accepted,), (value, unit)) in enumerate(zip(accepted, batch, strict=True)):
            expected = read(value, unit)
            assert values_read.get(place, REFUSED) == expected, (kind, value, unit)
            assert is_accepted == (expected != REFUSED), (kind, value, unit)
            if not is_accepted:
                assert 10 < len(reason(kind, value)) < 250


AMOUNTS = [
    ("35\u00a0667\u00a0021.23", "35667021.23"),
    ("35,667,\u00a0021.23", "35667021.23"),
    ("919 080.72", "919080.72"),
    ("19\u202f467\u2009240", "19467240"),
    ("\ufeff1,234.50\u3000\t", "1234.50"),
    ("1\u200b234", "1234"),
    ("120258,600", "120258600"),
    ("1,234,.50", "1234.50"),
    ("１，２３４．５０", "1234.50"),
    ("（1,234.50）", "-1234.50"),
    ("- 12", "-12"),
    ("—", "0"),
    ("－－", "0"),
    ("999999999999999.999999", "999999999999999.999999"),
    ("35\n667\n021.23", "35667021.23"),
]

REFUSED_AMOUNTS = [
    ("100 200", "元", "two amounts"),
    ("100\u00a0200", "元", "two amounts"),
    ("12 34.00", "元", "two amounts"),
    ("1.234,56", "元", "comma after the decimal point"),
    ("12,34", "元", "decimal comma"),
    ("12,3456", "元", "decimal comma"),
    ("1,,,2", "元", "separators without digits"),
    ("1.5.2", "元", "two decimal points"),
    (",123", "元", "separator"),
    ("123,", "元", "separator"),
    ("5.", "元", "separator"),
    (".5", "元", "separator"),
    ("0.1234567", "元", "six decimals"),
    ("+5", "元", "plus sign"),
    ("1e5", "元", "scientific"),
    ("--1", "元", "two signs"),
    ("（-5）", "元", "two signs"),
    ("٣", "元", "0 to 9"),
    ("Ⅳ", "元", "0 to 9"),
    ("1000000000000000", "元", "too large"),
    ("100000000000", "万元", "too large"),
    ("100000000000", "万 元", "too large"),
    ("10000000", "亿元", "too large"),
    ("9" * 41, "元", "too long"),
    ("1,282,565.76元整", "元", "1,234.00"),
    ("无", "元", "1,234.00"),
    ("infinity", "元", "1,234.00"),
    ("1(2)", "元", "1,234.00"),
]


@pytest.mark.parametrize(("text", "value"), AMOUNTS)
def test_an_amount_is_read(engine: duckdb.DuckDBPyConnection, text: str, value: str) -> None:
    engine.execute("create or replace temp table one as select ? as value, '元' as unit", [text])
    query = f"select {_condition('value', Kind.AMOUNT)}, {rendered('amount', 'value')} from one"
    assert engine.execute(query).fetchall() == [(True, Decimal(value))]


@pytest.mark.parametrize(("text", "unit", "why"), REFUSED_AMOUNTS)
def test_an_amount_is_refused_with_what_is_wrong(
    engine: duckdb.DuckDBPyConnection, text: str, unit: str, why: str
) -> None:
    engine.execute("create or replace temp table one as select ? as value, ? as unit", [text, unit])
    query = f"select {_condition('value', Kind.AMOUNT)} from one"
    assert engine.execute(query).fetchall() == [(False,)]
    assert why in reason(Kind.AMOUNT, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021/2/3", date(2021, 2, 3)),
        ("2021-01-05 10:00:00", date(2021, 1, 5)),
        ("2021年1月5日", date(2021, 1, 5)),
        ("20210105", date(2021, 1, 5)),
        ("2021.1.5", date(2021, 1, 5)),
        ("２０２１－０１－０５\u00a0", date(2021, 1, 5)),
        ("2024-2-29", date(2024, 2, 29)),
        ("2023-2-29", REFUSED),
        ("2021-02-30", REFUSED),
        ("epoch", REFUSED),
        ("infinity", REFUSED),
        ("today", REFUSED),
        ("110-01-05", REFUSED),
        ("1899-12-31", REFUSED),
        ("2100-01-01", REFUSED),
        ("2021.1-5", REFUSED),
        ("", None),
    ],
)
def test_a_date_is_read_or_refused(
    engine: duckdb.DuckDBPyConnection, text: str, day: date | str | None
) -> None:
    engine.execute("create or replace temp table one as select ? as value", [text])
    ((is_readable,),) = engine.execute(
        f"select {_condition('value', Kind.DATE)} from one"
    ).fetchall()
    assert is_readable == (day != REFUSED)
    if is_readable:
        query = f"select {rendered('printed_date', 'value')} from one"
        assert engine.execute(query).fetchall() == [(day,)]
    else:
        assert "2021-01-31" in reason(Kind.DATE, text)


def write_amounts(folder: Path, amounts: list[tuple[str, str]]) -> None:
    """Write amounts with their units as the totals of T3, one to a row."""
    path = folder / "expenditure_by_function.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[path.stem], restval="", lineterminator="\n")
        writer.writeheader()
        for number, (total, unit) in enumerate(amounts, start=1):
            writer.writerow(
                {
                    "disclosure_id": folder.name,
                    "row_number": number,
                    "total": total,
                    "unit": unit,
                    "name": "一般公共服务支出",
                }
            )


def test_what_landing_loads_staging_casts(tmp_path: Path) -> None:
    seeds, landing = tmp_path / "seeds", tmp_path / "landing.duckdb"
    write_amounts(copied(SONGJIANG, seeds, "read"), [(text, "元") for text, _ in AMOUNTS])
    write_amounts(
        copied(SONGJIANG, seeds, "refused"), [(text, unit) for text, unit, _ in REFUSED_AMOUNTS]
    )
    landed = land(seeds, landing)
    assert (landed.loaded, landed.rejected) == (1, 1)
    with duckdb.connect(str(landing), read_only=True) as connection:
        amounts = connection.execute(
            f"select {rendered('amount', 'printed_text')}, {rendered('word', 'unit')}"
            " from printed_amounts where disclosure_id = 'read' and measure = 'total'"
            " and table_name = 'expenditure_by_function' order by cast(row_number as integer)"
        ).fetchall()
        rejects = connection.execute(
            "select value, reason from rejected_rows order by line_number"
        ).fetchall()
    assert amounts == [(Decimal(value), "元") for _, value in AMOUNTS]
    assert len(rejects) == len(REFUSED_AMOUNTS)
    for (value, meaning), (text, _, why) in zip(rejects, REFUSED_AMOUNTS, strict=True):
        assert value == text
        assert why in meaning


def test_the_same_revision_in_other_digits_is_the_same(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    copied(SONGJIANG, seeds, "one")
    other = copied(SONGJIANG, seeds, "other")
    edit(
        other / "disclosure.csv",
        lambda row: row.update(
            organization_name="\u3000ｏｎ e\u200b",
            revision="１",
            fiscal_year="２０２１ ",
            region_code=row["region_code"].translate(WIDE),
            scope=f" {row['scope']}\u00a0",
        ),
    )
    landed = land(seeds, tmp_path / "landing.duckdb")
    assert (landed.disclosures, landed.rejected) == (0, 2)
    with duckdb.connect(str(tmp_path / "landing.duckdb"), read_only=True) as connection:
        reasons = connection.execute("select reason from rejected_rows").fetchall()
    assert all("The same revision" in reason for (reason,) in reasons)


def test_rows_of_the_same_number_in_other_digits_are_the_same(tmp_path: Path) -> None:
    folder = copied(SONGJIANG, tmp_path / "seeds")
    numbers = {"2": "０3", "3": "3"}
    edit(
        folder / "statements.csv",
        lambda row: row.update(row_number=numbers.get(row["row_number"], row["row_number"])),
    )
    assert land(tmp_path / "seeds", tmp_path / "landing.duckdb").rejected == 1


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.UNIT, Kind.TEXT])
def test_codes_and_units_of_any_shape_are_accepted(kind: Kind) -> None:
    assert not _condition("value", kind)


def test_a_unit_that_is_not_known_is_no_yuan(engine: duckdb.DuckDBPyConnection) -> None:
    units = [*UNITS, "万\u3000元 ", "箱", ""]
    values_read = engine.execute(
        f"select {rendered('in_yuan', 'cast(1.5 as decimal(24, 6))', rendered('word', 'unit'))}"
        " from (select unnest(?) as unit)",
        [units],
    ).fetchall()
    yuan = [Decimal(number) for number in (1.5, 1500, 15_000, 1_500_000, 150_000_000, 15_000)]
    assert values_read == [(number,) for number in [*yuan, None, None]]
