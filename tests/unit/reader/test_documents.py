"""The disclosures of three Shanghai organizations, against figures read off their pages."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.formats.opening import open_document
from budget_warehouse.reader.parsing.reading import Reading, read

DOCUMENTS = Path(__file__).parents[2] / "documents"
WANLI = ("putuo-wanli-2023-budget", "putuo-wanli-2024-budget", "putuo-wanli-2025-budget")
COMMERCE = ("putuo-commerce-2025-budget-department", "putuo-commerce-2025-budget-unit")
FINANCE = "shanghai-finance-2025-budget-unit"
ALL = (*WANLI, *COMMERCE, FINANCE)

FUNCTION_TABLES = ("expenditure_by_function", "general_public_budget_by_function")
CODES = {
    "revenue_by_function": ("class_code", "section_code", "item_code"),
    "expenditure_by_function": ("class_code", "section_code", "item_code"),
    "general_public_budget_by_function": ("class_code", "section_code", "item_code"),
    "basic_expenditure_by_economic": ("class_code", "item_code"),
}
AMOUNTS = {
    "revenue_by_function": (
        "total",
        "fiscal_appropriation",
        "institution_revenue",
        "business_revenue",
        "other_revenue",
    ),
    "expenditure_by_function": ("total", "basic", "project"),
    "general_public_budget_by_function": ("total", "basic", "project"),
    "basic_expenditure_by_economic": ("total", "personnel", "public_use"),
}


@cache
def reading(name: str) -> Reading:
    return read(DOCUMENTS / f"{name}.pdf")


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "") or "0")


def total_row(name: str, table_name: str) -> dict[str, str]:
    (total,) = [row for row in reading(name).rows[table_name] if row["name"] == "合计"]
    return total


@pytest.mark.parametrize(
    ("name", "total", "basic", "project"),
    [
        (WANLI[0], "164,978,640", "99,406,297", "65,572,343"),
        (WANLI[1], "156,211,123", "99,706,020", "56,505,103"),
        (WANLI[2], "189,767,551", "101,341,746", "88,425,805"),
        (COMMERCE[0], "371,514,655.00", "19,830,655.00", "351,684,000.00"),
        (COMMERCE[1], "371,514,655.00", "19,830,655.00", "351,684,000.00"),
        (FINANCE, "171,915,169", "127,642,039", "44,273,130"),
    ],
)
def test_the_expenditure_total(name: str, total: str, basic: str, project: str) -> None:
    for table_name in FUNCTION_TABLES:
        row = total_row(name, table_name)
        assert (row["total"], row["basic"], row["project"]) == (total, basic, project)
    assert amount(total) == amount(basic) + amount(project)
    assert total_row(name, "revenue_by_function")["total"] == total
    assert total_row(name, "basic_expenditure_by_economic")["total"] == basic


@pytest.mark.parametrize(
    ("name", "personnel", "public_use"),
    [
        (WANLI[0], "84,024,865", "15,381,432"),
        (WANLI[1], "88,537,451", "11,168,569"),
        (WANLI[2], "90,514,044", "10,827,702"),
        (COMMERCE[0], "18,120,593.00", "1,710,062.00"),
        (COMMERCE[1], "18,120,593.00", "1,710,062.00"),
        (FINANCE, "102,464,260", "25,177,779"),
    ],
)
def test_the_basic_expenditure_total(name: str, personnel: str, public_use: str) -> None:
    row = total_row(name, "basic_expenditure_by_economic")
    assert (row["personnel"], row["public_use"]) == (personnel, public_use)
    assert amount(row["total"]) == amount(personnel) + amount(public_use)


@pytest.mark.parametrize(
    ("codes", "name", "figures"),
    [
        (("201", "05", "06"), "统计管理", ("26,300", "0", "26,300")),
        (
            ("212", "01", "99"),
            "其他城乡社区管理事务支出",
            ("49,927,105", "46,161,905", "3,765,200"),
        ),
        # The name wraps over two lines on the page.
        (
            ("208", "05", "05"),
            "机关事业单位基本养老保险缴费支出",
            ("4,412,547", "4,412,547", "0"),
        ),
    ],
)
def test_an_account_of_wanli_2023(
    codes: tuple[str, str, str], name: str, figures: tuple[str, str, str]
) -> None:
    (row,) = [
        row
        for row in reading(WANLI[0]).rows["expenditure_by_function"]
        if (row["class_code"], row["section_code"], row["item_code"]) == codes
    ]
    assert row["name"] == name
    assert (row["total"], row["basic"], row["project"]) == figures


# Sums that do not tie on the page itself: the account, its printed figure, the sum of its parts.
BROKEN_SUMS = {
    (WANLI[2], "revenue_by_function", ("212",)): ("154,369,326", "154369327"),
    (WANLI[2], "revenue_by_function", ("212", "01")): ("94,995,790", "94995789"),
    (WANLI[2], "expenditure_by_function", ("212",)): ("154,369,326", "154369327"),
    (WANLI[2], "expenditure_by_function", ("212", "01")): ("94,995,790", "94995789"),
    (WANLI[2], "general_public_budget_by_function", ("212",)): ("154,369,326", "154369327"),
    (WANLI[2], "general_public_budget_by_function", ("212", "01")): ("94,995,790", "94995789"),
    (FINANCE, "basic_expenditure_by_economic", ("302",)): ("24,840,779", "24840778"),
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("table_name", list(CODES))
def test_every_level_adds_up_to_the_one_above(name: str, table_name: str) -> None:
    rows = {
        tuple(row[code] for code in CODES[table_name] if row[code]): row
        for row in reading(name).rows[table_name]
    }
    assert len(rows) == len(reading(name).rows[table_name]) > 20
    for codes, row in rows.items():
        parts = [
            part for other, part in rows.items() if other[:-1] == codes and len(other) > len(codes)
        ]
        for column in AMOUNTS[table_name] if parts else ():
            computed = sum(amount(part[column]) for part in parts)
            broken = BROKEN_SUMS.get((name, table_name, codes))
            if broken and row[column] == broken[0]:
                assert str(computed) == broken[1]
            else:
                assert amount(row[column]) == computed, (codes, column)


# 212 01 prints one yuan more in total than in basic and project.
BROKEN_ROWS = {(WANLI[2], "212", "01", "")}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("table_name", list(CODES))
def test_every_row_adds_up(name: str, table_name: str) -> None:
    total, *parts = AMOUNTS[table_name]
    for row in reading(name).rows[table_name]:
        gap = amount(row[total]) - sum(amount(row[part]) for part in parts)
        key = (name, *(row.get(code, "") for code in CODES["expenditure_by_function"]))
        is_broken = table_name in FUNCTION_TABLES and key in BROKEN_ROWS
        assert gap == (1 if is_broken else 0), row


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    ("table_name", "column"),
    [("revenue_expenditure_summary", "amount"), ("fiscal_appropriation_summary", "total")],
)
def test_both_sides_of_a_summary_add_up(name: str, table_name: str, column: str) -> None:
    rows = reading(name).rows[table_name]
    totals = {row["side"]: row[column] for row in rows if row["label"].endswith("总计")}
    assert totals["revenue"] == totals["expenditure"]
    lines = [row for row in rows if row["side"] == "expenditure" and row["label"][:2] != "支出"]
    assert len(lines) >= 4
    assert sum(amount(row[column]) for row in lines) == amount(totals["expenditure"])


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        (WANLI[0], ("22.91", "0", "1.35", "21.56", "0", "21.56", "786.09")),
        (WANLI[1], ("47.91", "0", "1.35", "46.56", "25", "21.56", "443.18")),
        (WANLI[2], ("37.91", "0", "1.35", "36.56", "15", "21.56", "464.64")),
        (COMMERCE[0], ("1.00", "", "1.00", "", "", "", "171.01")),
        (COMMERCE[1], ("1.00", "", "1.00", "", "", "", "171.01")),
        (FINANCE, ("346.30", "288.70", "25.40", "32.20", "", "32.20", "2,517.78")),
    ],
)
def test_the_three_public_expenses(name: str, figures: tuple[str, ...]) -> None:
    (row,) = reading(name).rows["three_public_expenses"]
    columns = (
        *("total", "overseas_visits", "official_hospitality", "vehicle_total"),
        *("vehicle_purchase", "vehicle_operation", "agency_operating_expenses"),
    )
    assert tuple(row[column] for column in columns) == figures
    assert row["unit"] == "万元"


@pytest.mark.parametrize(
    ("name", "scope", "year", "region", "organization"),
    [
        (WANLI[0], "department", "2023", "310107", "上海市普陀区人民政府万里街道办事处"),
        (WANLI[1], "department", "2024", "310107", "上海市普陀区人民政府万里街道办事处"),
        (WANLI[2], "department", "2025", "310107", "上海市普陀区人民政府万里街道办事处"),
        (COMMERCE[0], "department", "2025", "310107", "上海市普陀区商务委员会"),
        (COMMERCE[1], "unit", "2025", "310107", "上海市普陀区商务委员会"),
        (FINANCE, "unit", "2025", "310000", "上海市财政局"),
    ],
)
def test_the_disclosure(name: str, scope: str, year: str, region: str, organization: str) -> None:
    (row,) = reading(name).rows["disclosure"]
    assert (row["scope"], row["fiscal_year"], row["region_code"]) == (scope, year, region)
    assert row["organization_name"] == organization
    assert row["stage"] == "initial_budget"
    assert row["disclosure_id"] == name


@pytest.mark.parametrize(
    ("name", "direction", "change"),
    [(WANLI[1], "减少", "876.75"), (WANLI[2], "增加", "3,355.65")],
)
def test_a_claimed_change_ties_with_the_totals(name: str, direction: str, change: str) -> None:
    (claim,) = [
        row
        for row in reading(name).rows["narrative_claims"]
        if row["measure"] == "fiscal_appropriation_expenditure"
    ]
    assert (claim["direction"], claim["change"]) == (direction, change)
    # The prose takes the difference of totals rounded to 万元 with two decimals.
    this, before = (
        round(amount(total_row(year, "expenditure_by_function")["total"]) / 10000, 2)
        for year in (name, WANLI[WANLI.index(name) - 1])
    )
    assert this - before == (amount(change) if direction == "增加" else -amount(change))


def test_claims_of_one_account_may_contradict_each_other() -> None:
    heading, planned = [
        row
        for row in reading(WANLI[0]).rows["narrative_claims"]
        if row["ordinal"] == "16" and row["measure"] == "function_item"
    ]
    assert heading["name"].endswith("机关事业单位职业年金缴费支出（项）")
    assert (heading["amount"], heading["base_amount"]) == ("220.63", "")
    assert (planned["amount"], planned["base_amount"]) == ("441.25", "132.59")
    assert (planned["base_year"], planned["base_stage"]) == ("2022", "executed")
    assert (planned["direction"], planned["change_percent"]) == ("增加", "60.54%")


def test_a_base_is_the_budget_or_its_execution_as_the_prose_says() -> None:
    claims = {row["measure"]: row for row in reading(COMMERCE[0]).rows["narrative_claims"]}
    revenue = claims["fiscal_appropriation_revenue"]
    assert (revenue["base_stage"], revenue["change"]) == ("executed", "24,558.18")
    expenditure = claims["fiscal_appropriation_expenditure"]
    assert (expenditure["base_stage"], expenditure["change"]) == ("initial_budget", "24,491.71")


def test_text_cut_off_by_its_frame_is_not_read() -> None:
    """The second page of the duties repeats, out of sight, what the first one shows."""
    blocks = open_document(DOCUMENTS / f"{COMMERCE[0]}.pdf").blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert sum(text.startswith("10、提供有关境外投资") for text in texts) == 1
    assert sum("负责依法管理本区外商投资企业" in text for text in texts) == 1
    assert sum("导本区相关企业技术创新" in text for text in texts) == 1


def test_the_project_forms_of_wanli_2023() -> None:
    projects = reading(WANLI[0]).rows["projects"]
    assert [(row["project_name"], row["project_kind"], row["total"]) for row in projects] == [
        ("新建万里街道社区公共服务中心", "阶段性项目", "4,100,000.00"),
        ("就业援助基地补贴", "经常性项目", "6,351,000.00"),
        ("社区环境整治和建设经费", "经常性项目", "4,563,800.00"),
        ("各类工作经费", "经常性项目", "7595500.00"),
        ("公共服务设施运行经费", "经常性项目", "10,903,043.00"),
    ]
    last = projects[-1]
    assert (last["annual_total"], last["annual_fiscal"]) == ("10,903,043.00", "11,419,043.00")
    targets = reading(WANLI[0]).rows["performance_targets"]
    assert [sum(t["project_name"] == p["project_name"] for t in targets) for p in projects] == [
        5,
        4,
        4,
        43,
        9,
    ]
    assert targets[0]["target"] == "≥13459.00(平方米)"
    assert targets[-1]["indicator_name"] == "工作人员满意度"


@pytest.mark.parametrize("name", ALL)
def test_every_official_table_is_found(name: str) -> None:
    assert reading(name).report.missing == []
    assert reading(name).report.unplaced == []
    assert len(reading(name).rows["tables"]) == 9


def test_a_wrong_note_stays_as_it_is_printed() -> None:
    remarks = {row["table_name"]: row["remark"] for row in reading(WANLI[1]).rows["tables"]}
    assert remarks["three_public_expenses"] == (
        "注:本部门2024年无“三公”经费和机关运行经费预算，故本表为空表。"
    )
