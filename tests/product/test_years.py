"""Comparisons between years, stages and revisions, on real documents and on generated trees."""

import csv
import itertools
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from warehouses import REPOSITORY, SEEDS, SONGJIANG, Built, copied, edit, judged

from benchmarks.columns import COLUMNS

WANLI = "310107-上海市普陀区人民政府万里街道办事处"
CHANGE = (
    "select last_year_amount_yuan, amount_yuan, change_yuan, change_kind"
    " from marts.fct_expenditure_changes"
    " where organization_id = ? and fiscal_year = ? and function_code = ? and nature = ?"
)

# In yuan, read off the tables of expenditure by function (部门支出预算总表): pages 15 to 18 of the
# document of 2023, 16 to 20 of that of 2024, 14 to 18 of that of 2025.
LINES_2024 = [
    ("204", "total", 1252300, 1633000, 380700, "increased"),
    ("205", "total", 0, 250000, 250000, "new"),
    ("208", "basic", 18285736, 13368164, -4917572, "decreased"),
    ("20802", "project", 215000, 0, -215000, "discontinued"),
    ("2080505", "basic", 4412547, 4608515, 195968, "increased"),
    ("2080705", "project", 6351000, 4212300, -2138700, "decreased"),
    ("21011", "total", 2895732, 3023657, 127925, "increased"),
    ("2120101", "project", 0, 250000, 250000, "new"),
    ("2120199", "project", 3765200, 0, -3765200, "discontinued"),
    ("2120199", "total", 49927105, 54212362, 4285257, "increased"),
    ("2129999", "project", 14500000, 9220200, -5279800, "decreased"),
]
LINES_2025 = [
    ("2049999", "project", 1333000, 2578025, 1245025, "increased"),
    ("205", "total", 250000, 250000, 0, "unchanged"),
    ("208", "total", 19604064, 16091895, -3512169, "decreased"),
    ("2080506", "basic", 2302815, 2413577, 110762, "increased"),
    ("2080705", "project", 4212300, 582800, -3629500, "decreased"),
    ("2089999", "basic", 6133194, 6166222, 33028, "increased"),
    ("2101102", "basic", 1601424, 1548033, -53391, "decreased"),
    ("2120101", "project", 250000, 150000, -100000, "decreased"),
    ("21203", "project", 9721800, 2191300, -7530500, "decreased"),
    ("2129999", "total", 9220200, 52348937, 43128737, "increased"),
    ("221", "basic", 6705199, 7187532, 482333, "increased"),
]


@pytest.mark.parametrize(
    ("fiscal_year", "function_code", "nature", "last_year", "this_year", "change", "kind"),
    [(2024, *line) for line in LINES_2024] + [(2025, *line) for line in LINES_2025],
)
def test_lines_of_wanli(
    repository_warehouse: Built,
    fiscal_year: int,
    function_code: str,
    nature: str,
    last_year: int,
    this_year: int,
    change: int,
    kind: str,
) -> None:
    rows = repository_warehouse.rows(CHANGE, WANLI, fiscal_year, function_code, nature)
    assert rows == [(Decimal(last_year), Decimal(this_year), Decimal(change), kind)]


def test_last_year_by_the_prose_of_songjiang_can_be_read_in_two_ways(
    repository_warehouse: Built,
) -> None:
    rows = repository_warehouse.rows(
        "select direction, last_year_amount_yuan, change_yuan, round(change_ratio, 4),"
        " stated_change_ratio, is_confirmed, is_disputed, source_ref"
        " from marts.fct_stated_bases where disclosure_id = ? order by direction",
        SONGJIANG,
    )
    change, stated = Decimal(12583800), Decimal("0.4765")
    assert rows == [
        (
            "decrease",
            Decimal(51577500),
            -change,
            Decimal("-0.2440"),
            stated,
            False,
            True,
            "line 27",
        ),
        ("increase", Decimal(26409900), change, Decimal("0.4765"), stated, True, True, "line 138"),
    ]
    basis = repository_warehouse.rows(
        "select nature, basis, is_disputed, last_year_amount_yuan, change_kind"
        " from marts.fct_expenditure_changes"
        " where function_code = 'total' and disclosure_id = ? order by basis, nature",
        SONGJIANG,
    )
    assert basis == [
        ("basic", "none", False, None, "no_basis"),
        ("project", "none", False, None, "no_basis"),
        ("total", "stated", True, None, "no_basis"),
    ]


def test_staff_contributions_are_no_social_protection(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select function_code, amount_yuan, cofog_code, treatment"
        " from marts.expenditures_by_cofog where disclosure_id = ? and nature = 'basic'"
        " order by function_code",
        SONGJIANG,
    )
    employing = ("06.2", "staff_contribution")
    assert rows == [
        ("2080505", Decimal("1282565.76"), *employing),
        ("2080506", Decimal("641282.88"), *employing),
        ("2101102", Decimal("841683.78"), *employing),
        ("2120199", Decimal("19103755.23"), "06.2", "function"),
        ("2210201", Decimal("561122.52"), *employing),
    ]
    assert repository_warehouse.value(
        "select sum(amount_yuan) from marts.expenditures_by_cofog"
    ) == repository_warehouse.value("select sum(amount_yuan) from marts.expenditures")


def test_every_section_has_its_cofog_or_the_reason_why_not(repository_warehouse: Built) -> None:
    unsaid = repository_warehouse.rows(
        "select distinct substr(function_code, 1, 5) from reference.functions"
        " where length(function_code) > 3 and substr(function_code, 1, 5) not in"
        " (select function_code from reference.function_cofog)"
    )
    assert unsaid == []
    contradictory = repository_warehouse.rows(
        "select function_code from reference.function_cofog"
        " where (treatment = 'function') <> (cofog_code is not null)"
        " or (confidence = 'none') <> (cofog_code is null)"
    )
    assert contradictory == []


def test_answers_in_the_readme_are_the_real_ones(places_warehouse: Built) -> None:
    section = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    section = section.split("## Asking a question")[1].split("\n## ")[0]
    blocks = [
        [line.strip() for line in block.splitlines()]
        for block in re.findall(r"(?:^    .*\n)+", section, re.MULTILINE)
    ]
    pairs = [
        (" ".join(query), answer)
        for query, answer in itertools.pairwise(blocks)
        if query[0].startswith("select")
    ]
    assert len(pairs) == 3
    for query, answer in pairs:
        printed = [re.split(r"\s{2,}", line) for line in answer]
        rows = places_warehouse.rows(query)
        assert printed == [["" if cell is None else str(cell) for cell in row] for row in rows]


def test_the_seeds_of_every_place_are_published_whole(places_warehouse: Built) -> None:
    assert places_warehouse.status == 0, places_warehouse.output
    seeds = {path.name for path in (REPOSITORY / "seeds" / "disclosures").iterdir()}
    published = places_warehouse.rows(
        "select disclosure_id, has_untied_total from marts.dim_disclosures"
    )
    assert dict(published) == dict.fromkeys(seeds, False)


# Generated trees -----------------------------------------------------------------------------


Tree = dict[str, tuple[int, int]]  # leaf code: basic and project expenditure in fen

MOVED, MOVED_TO = "2089901", "2089999"
CODES = [
    *("201", "20101", "2010101", "2010102", "20102", "2010201"),
    *("208", "20801", "2080101", "2080102", "20899", MOVED, "2089902"),
    *("224", "2240101", "2240102", "29901", "2990101"),
]
YEARS = (2023, 2024)
FORMER_YEAR, FORMER_NAME = 2018, "医疗卫生与计划生育支出"  # of 210 卫生健康支出
NATURES: dict[str, Callable[[tuple[int, int]], int]] = {
    "total": sum,
    "basic": lambda amounts: amounts[0],
    "project": lambda amounts: amounts[1],
}


def leaves_only(tree: Tree) -> Tree:
    """The tree without the accounts that another one details."""
    return {
        code: amounts
        for code, amounts in tree.items()
        if not any(other != code and other.startswith(code) for other in tree)
    }


AMOUNTS = st.one_of(st.just(0), st.integers(-(10**6), 10**6), st.integers(0, 10**14))
TREES = st.dictionaries(
    st.sampled_from(CODES), st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=9
).map(leaves_only)


def examples(count: int) -> list[tuple[Tree, Tree]]:
    """Pairs of trees as hypothesis draws them: one build for all costs less than one for each."""
    drawn: list[tuple[Tree, Tree]] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(TREES, TREES)
    def draw(earlier: Tree, later: Tree) -> None:
        drawn.append((earlier, later))

    draw()
    return drawn


PAIRS = examples(60)


def moved(tree: Tree) -> Tree:
    """The tree with one account under the code that it got in the second year."""
    return {MOVED_TO if code == MOVED else code: amounts for code, amounts in tree.items()}


def write(file: Path, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """Write a raw CSV, with what a row leaves out blank."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS[table], restval="")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class Declared:
    """A generated disclosure: whose, of which year and stage, and what it spends."""

    organization: str
    year: int
    tree: Tree
    stage: str = "initial_budget"
    names: Callable[[str], str] = "科目{}".format

    @property
    def identity(self) -> str:
        return f"{self.organization}-{self.year}-{self.stage}"

    def disclosure(self) -> dict[str, Any]:
        return {
            "disclosure_id": self.identity,
            "organization_name": self.organization,
            "region_code": "310107",
            "fiscal_year": self.year,
            "stage": self.stage,
            "scope": "department",
            "revision": 1,
            "source_document": "generated",
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """The printed table: every account above a leaf, the leaf, and the total."""
        codes = {code[:digits] for code in self.tree for digits in (3, 5, 7)}
        for number, code in enumerate([*sorted(codes), ""], start=1):
            basic, project = node(self.tree, code)
            yield {
                "disclosure_id": self.identity,
                "row_number": number,
                "class_code": code[:3],
                "section_code": code[3:5],
                "item_code": code[5:],
                "name": self.names(code) if code else "合计",
                "total": printed(basic + project),
                "basic": printed(basic),
                "project": printed(project),
                "unit": "元",
            }


def node(tree: Tree, code: str) -> tuple[int, int]:
    """Sum the leaves below a node, in fen."""
    below = [amounts for leaf, amounts in tree.items() if leaf.startswith(code)]
    return sum(basic for basic, _ in below), sum(project for _, project in below)


def printed(fen: int) -> str:
    """An amount as printed: without a float in between."""
    sign, digits = "-" if fen < 0 else "", f"{abs(fen):03d}"
    return f"{sign}{digits[:-2]}.{digits[-2:]}"


def declared() -> Iterator[Declared]:
    """Each pair as it is, with its years swapped, and with an account renamed or moved."""
    for number, (earlier, later) in enumerate(PAIRS):
        yield Declared(f"甲{number}", YEARS[0], earlier)
        yield Declared(f"甲{number}", YEARS[1], later)
        yield Declared(f"乙{number}", YEARS[0], later)
        yield Declared(f"乙{number}", YEARS[1], earlier)
        yield Declared(f"丙{number}", YEARS[0], earlier)
        yield Declared(f"丙{number}", YEARS[1], later, names="新科目{}".format)
        yield Declared(f"丁{number}", YEARS[0], earlier)
        yield Declared(f"丁{number}", YEARS[1], moved(later))
    for organization, year in (("从前", FORMER_YEAR), ("如今", YEARS[0])):
        yield Declared(organization, year, {"210": (100, 0)}, names=lambda _: FORMER_NAME)
    yield Declared("隔年", YEARS[0] - 1, {"2010101": (100, 0)})
    yield Declared("隔年", YEARS[1], {"2010101": (200, 0)})
    yield Declared("决算", YEARS[0], {"2010101": (10000, 0)})
    yield Declared("决算", YEARS[0], {"2010101": (9000, 50)}, stage="final_accounts")
    yield Declared("决算", YEARS[1], {"2010101": (12000, 0)})


@pytest.fixture(scope="module")
def years(statements: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A warehouse of generated disclosures beside a real one that was published again."""
    seeds = tmp_path_factory.mktemp("seeds")
    shutil.copytree(SEEDS / "reference", seeds / "reference")
    changes = seeds / "reference" / "classification_changes.csv"
    edit(
        changes,
        lambda row: row["from_code"] == MOVED and row.update(effective_fiscal_year=str(YEARS[1])),
    )
    generated = seeds / "disclosures" / "generated"
    generated.mkdir(parents=True)
    write(generated / "disclosure.csv", "disclosure", (one.disclosure() for one in declared()))
    table = "expenditure_by_function"
    write(generated / f"{table}.csv", table, (row for one in declared() for row in one.rows()))

    folder = copied(SONGJIANG, seeds)
    edit(folder / "disclosure.csv", lambda row: row.update(published_on="2021-02-01"))
    again = copied(SONGJIANG, seeds, "second")
    edit(
        again / "disclosure.csv",
        lambda row: row.update(
            organization_name="上海市松江区城市运行管理中心",
            revision="2",
            published_on="2021-05-01",
        ),
    )
    edit(
        again / f"{table}.csv",
        lambda row: (
            row["item_code"] == "02" and row.update(name="事业单位医疗费", total="841683.78")
        ),
        keep=lambda row: row["item_code"] != "06",
    )
    edit(
        again / "narrative_claims.csv",
        lambda row: (
            row["source_ref"] == "line 27"
            and row["direction"] == "减少"
            and row.update(direction="增加")
        ),
    )
    edit(
        again / "projects.csv",
        lambda row: None,
        keep=lambda row: row["row_number"] != "1",
    )
    return judged(seeds, tmp_path_factory.mktemp("years"), statements)


COMPARED = (
    "select split_part(organization_id, '-', 2), function_code, nature, amount_yuan,"
    " last_year_amount_yuan, change_yuan, contribution_ratio, change_kind"
    " from marts.fct_expenditure_changes where basis = 'published' and organization_id like ?"
)

Compared = dict[tuple[int, str, str], tuple[Any, ...]]


def compared(years: Built, organizations: str) -> Compared:
    """The changes of one kind of organization: by number, node and nature."""
    rows = years.rows(COMPARED, f"310107-{organizations}%")
    return {(int(name[1:]), code, nature): tuple(rest) for name, code, nature, *rest in rows}


def yuan(fen: int) -> Decimal:
    return Decimal(printed(fen))


def spending(tree: Tree) -> Tree:
    """The tree without the leaves that hold nothing."""
    return {code: amounts for code, amounts in tree.items() if any(amounts)}


def nodes(earlier: Tree, later: Tree) -> set[str]:
    """The codes of a comparison, the empty one for the total: no deeper than both years print."""
    leaves = {*earlier, *later}
    codes = {leaf[:digits] for leaf in leaves for digits in (0, 3, 5, 7)}
    return {
        code for code in codes if not any(code != leaf and code.startswith(leaf) for leaf in leaves)
    }


def test_every_node_is_the_sum_of_its_leaves_in_both_years(years: Built) -> None:
    expected = {}
    for number, pair in enumerate(PAIRS):
        earlier, later = map(spending, pair)
        if MOVED not in later:
            earlier = moved(earlier)
        for code in nodes(earlier, later):
            for nature, part in NATURES.items():
                amount, last_year = part(node(later, code)), part(node(earlier, code))
                expected[number, code or "total", nature] = (yuan(amount), yuan(last_year))
    comparison = compared(years, "甲")
    assert {key: row[:2] for key, row in comparison.items()} == expected
    assert {row[2] == row[0] - row[1] for row in comparison.values()} == {True}


@pytest.mark.parametrize("warehouse", ["repository_warehouse", "years"])
def test_changes_of_the_parts_add_up_to_that_of_the_whole(
    request: pytest.FixtureRequest, warehouse: str
) -> None:
    """On the yuan at every node and nature; the parts are children, or basic and project."""
    built: Built = request.getfixturevalue(warehouse)
    sums = built.rows(
        """
        with changes as (
            select
                *,
                case level
                    when 'class' then 'total'
                    when 'section' then substr(function_code, 1, 3)
                    when 'item' then substr(function_code, 1, 5)
                end as parent
            from marts.fct_expenditure_changes
            where basis = 'published'
        )
        select parents.change_yuan = sum(children.change_yuan)
            and parents.amount_yuan = sum(children.amount_yuan)
            and parents.last_year_amount_yuan = sum(children.last_year_amount_yuan)
        from changes as parents
        inner join changes as children
            on parents.disclosure_id = children.disclosure_id
            and parents.function_code = children.parent
            and parents.nature = children.nature
        group by parents.disclosure_id, parents.function_code, parents.nature,
            parents.change_yuan, parents.amount_yuan, parents.last_year_amount_yuan
        """
    )
    assert len(sums) > 200
    assert set(sums) == {(True,)}
    splits = built.rows(
        "select change_yuan = change_basic_yuan + change_project_yuan from marts.fct_change_splits"
    )
    assert len(splits) > 100
    assert set(splits) == {(True,)}


def test_contributions_sum_to_one(years: Built) -> None:
    """Each is rounded to six decimals; where the whole does not change there are none."""
    shares: dict[int, list[Decimal | None]] = {}
    wholes: dict[int, Decimal] = {}
    for (number, code, nature), row in compared(years, "甲").items():
        if len(code) == 3 and nature == "total":
            shares.setdefault(number, []).append(row[3])
        if code == "total" and nature == "total":
            wholes[number] = row[2]
    assert any(wholes.values())
    for number, change in wholes.items():
        parts = shares[number]
        if change == 0:
            assert set(parts) == {None}
        else:
            total = sum((part for part in parts if part is not None), Decimal(0))
            assert abs(total - 1) <= len(parts) * Decimal("0.0000005")


def test_swapping_the_years_flips_every_sign(years: Built) -> None:
    opposite = {"new": "discontinued", "discontinued": "new", "increased": "decreased"}
    opposite |= {"decreased": "increased", "unchanged": "unchanged"}

    def under_one_code(changes: Compared) -> Compared:
        return {
            (number, MOVED_TO if code == MOVED else code, nature): row
            for (number, code, nature), row in changes.items()
        }

    swapped = under_one_code(compared(years, "乙"))
    assert swapped == {
        key: (last_year, amount, -change, share, opposite[kind])
        for key, (amount, last_year, change, share, kind) in under_one_code(
            compared(years, "甲")
        ).items()
    }


def test_a_new_name_changes_nothing(years: Built) -> None:
    assert compared(years, "丙") == compared(years, "甲")


def test_a_new_code_is_followed(years: Built) -> None:
    followed = compared(years, "丁")
    assert followed == {
        (number, MOVED_TO if code == MOVED else code, nature): row
        for (number, code, nature), row in compared(years, "甲").items()
    }
    in_both = [
        number
        for number, (earlier, later) in enumerate(PAIRS)
        if any(earlier.get(MOVED, ())) and any(later.get(MOVED, ()))
    ]
    assert in_both
    for number in in_both:
        if (number, MOVED_TO, "total") in followed:
            assert (number, MOVED, "total") not in followed
    ratios = years.rows(
        "select distinct is_mapped, mapped_ratio from marts.fct_expenditure_changes"
        " where basis = 'published' and organization_id like '310107-丁%'"
        " and mapped_ratio is not null"
    )
    assert ratios == [(True, Decimal(1))]


def test_a_code_has_the_name_of_its_year(years: Built) -> None:
    rows = years.rows(
        "select fiscal_year, function_name, published_name, valid_from, valid_to"
        " from marts.dim_functions where function_code = '210' and fiscal_year in (?, ?)"
        " order by fiscal_year",
        FORMER_YEAR,
        YEARS[0],
    )
    assert rows == [
        (FORMER_YEAR, FORMER_NAME, FORMER_NAME, None, FORMER_YEAR),
        (YEARS[0], "卫生健康支出", FORMER_NAME, FORMER_YEAR + 1, None),
    ]
    aliases = years.rows(
        "select valid_to, first_printed_fiscal_year, last_printed_fiscal_year"
        " from marts.dim_account_aliases where account_code = '210' and alias = ?",
        FORMER_NAME,
    )
    assert aliases == [(FORMER_YEAR, FORMER_YEAR, YEARS[0])]
    former = years.rows(
        "select disclosure_id from marts.fct_reconciliations where rule_code = 'CC-03'"
        " and outcome = 'fail' and subject = 'function 210'"
    )
    assert former == [(f"如今-{YEARS[0]}-initial_budget",)]


def test_a_missing_year_gives_no_comparison(years: Built) -> None:
    rows = years.rows(
        "select distinct fiscal_year, basis, change_yuan from marts.fct_expenditure_changes"
        " where organization_id = '310107-隔年' order by all"
    )
    assert rows == [(YEARS[0] - 1, "none", None), (YEARS[1], "none", None)]


def test_a_budget_meets_final_accounts_beside_last_years_budget(years: Built) -> None:
    rows = years.rows(
        "select fiscal_year, stage, base_fiscal_year, base_stage, nature, amount_yuan, base_yuan,"
        " change_yuan, change_ratio from marts.fct_stage_changes"
        " where organization_id = '310107-决算' and function_code = 'total'"
        " and nature <> 'project' order by all"
    )
    first, second = YEARS
    budget, accounts = "initial_budget", "final_accounts"
    assert rows == [
        (first, accounts, first, budget, "basic", 90, 100, -10, Decimal("-0.1")),
        (
            first,
            accounts,
            first,
            budget,
            "total",
            Decimal("90.5"),
            100,
            Decimal("-9.5"),
            Decimal("-0.095"),
        ),
        (second, budget, first, accounts, "basic", 120, 90, 30, Decimal("0.333333")),
        (
            second,
            budget,
            first,
            accounts,
            "total",
            120,
            Decimal("90.5"),
            Decimal("29.5"),
            Decimal("0.325967"),
        ),
    ]
    same_stage = years.rows(
        "select last_year_amount_yuan, change_yuan from marts.fct_expenditure_changes"
        " where organization_id = '310107-决算' and fiscal_year = ? and stage = ?"
        " and function_code = 'total' and nature = 'total'",
        second,
        budget,
    )
    assert same_stage == [(100, 20)]


# A disclosure published again ---------------------------------------------------------------


def test_the_second_revision_counts_and_the_first_stays(years: Built) -> None:
    rows = years.rows(
        "select disclosure_id, revision, is_current, is_counted, current_from, current_until"
        " from marts.dim_disclosures where organization_id like '310117-%' order by revision"
    )
    first, second = date(2021, 2, 1), date(2021, 5, 1)
    assert rows == [
        (SONGJIANG, 1, False, False, first, second),
        ("second", 2, True, True, second, None),
    ]
    as_of = (
        "select sum(amount_yuan) from marts.fct_expenditures"
        " inner join marts.dim_disclosures using (disclosure_id)"
        " where coalesce(current_from <= ?, true) and coalesce(current_until > ?, is_current)"
        " and dim_disclosures.organization_id like '310117-%'"
    )
    amounts = [years.value(as_of, day, day) for day in (date(2021, 3, 1), date(2021, 6, 1))]
    assert amounts == [Decimal("38993676.17"), Decimal("38352393.29")]


def test_what_changed_between_revisions_is_listed_line_by_line(years: Built) -> None:
    rows = years.rows(
        "select table_name, line_key, measure, revision_kind, replaced_text, printed_text,"
        " change_yuan from marts.fct_revision_changes where table_name <> 'projects' order by all"
    )
    table, annuity = "expenditure_by_function", "641,282.88"
    name, name_again = "事业单位医疗", "事业单位医疗费"
    less = Decimal("-641282.88")
    assert rows == [
        (table, "2080506", "basic", "removed", annuity, None, less),
        (table, "2080506", "name", "removed", "机关事业单位职业年金缴费支出", None, 0),
        (table, "2080506", "total", "removed", annuity, None, less),
        (table, "2101102", "name", "changed", name, name_again, 0),
        (table, "2101102", "total", "retyped", "841,683.78", "841683.78", 0),
        *(
            ("narrative_claims", f"{measure} 2020", "direction", "changed", "减少", "增加", 0)
            for measure in (
                "fiscal_appropriation_expenditure",
                "general_public_budget_expenditure",
            )
        ),
    ]
    projects = years.rows(
        "select distinct line_key, revision_kind from marts.fct_revision_changes"
        " where table_name = 'projects'"
    )
    assert projects == [("法律咨询与服务", "removed")]
