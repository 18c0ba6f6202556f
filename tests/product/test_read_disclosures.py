"""The figures of the disclosures that the program read, as a person read them off the pages."""

from decimal import Decimal

import pytest
from warehouses import Built

# Total, basic and project expenditure (T3), personnel and public use (T8), in yuan.
GOLDEN = {
    "putuo-wanli-2023-budget": ("164978640", "99406297", "65572343", "84024865", "15381432"),
    "putuo-wanli-2024-budget": ("156211123", "99706020", "56505103", "88537451", "11168569"),
    "putuo-wanli-2025-budget": ("189767551", "101341746", "88425805", "90514044", "10827702"),
    "putuo-commerce-2025-budget-department": (
        *("371514655", "19830655", "351684000", "18120593", "1710062"),
    ),
    "putuo-commerce-2025-budget-unit": (
        *("371514655", "19830655", "351684000", "18120593", "1710062"),
    ),
    "shanghai-finance-2025-budget-unit": (
        *("171915169", "127642039", "44273130", "102464260", "25177779"),
    ),
}


@pytest.mark.parametrize("disclosure", GOLDEN)
def test_printed_totals(repository_warehouse: Built, disclosure: str) -> None:
    printed = repository_warehouse.rows(
        "select table_name, measure, amount_yuan from marts.fct_published_amounts"
        " where row_role = 'total' and disclosure_id = ?"
        " and table_name in ('expenditure_by_function', 'basic_expenditure_by_economic')",
        disclosure,
    )
    amounts = {(table, measure): amount for table, measure, amount in printed}
    total, basic, project, personnel, public_use = map(Decimal, GOLDEN[disclosure])
    assert amounts["expenditure_by_function", "total"] == total == basic + project
    assert amounts["expenditure_by_function", "basic"] == basic
    assert amounts["expenditure_by_function", "project"] == project
    assert amounts["basic_expenditure_by_economic", "personnel"] == personnel
    assert amounts["basic_expenditure_by_economic", "public_use"] == public_use


@pytest.mark.parametrize("disclosure", GOLDEN)
def test_leaves_add_up_to_the_printed_total(repository_warehouse: Built, disclosure: str) -> None:
    query = "select sum(amount_yuan) from marts.fct_expenditures where disclosure_id = ?"
    total = repository_warehouse.value(query, disclosure)
    assert total == Decimal(GOLDEN[disclosure][0])


def test_items_of_wanli_2023(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select item_name, nature, amount_yuan from marts.expenditures"
        " where disclosure_id = 'putuo-wanli-2023-budget' and item_code in ('2010506', '2120199')"
        " and nature in ('basic', 'project') order by item_code, nature"
    )
    assert ("其他城乡社区管理事务支出", "basic", Decimal("46161905")) in rows
    assert ("其他城乡社区管理事务支出", "project", Decimal("3765200")) in rows
    assert sum(amount for name, _, amount in rows if name == "统计管理") == Decimal("26300")


def test_a_department_and_its_unit_count_once(repository_warehouse: Built) -> None:
    rows = repository_warehouse.rows(
        "select scope, is_counted, department_disclosure_id from marts.dim_disclosures"
        " where disclosure_id like 'putuo-commerce-%' order by scope"
    )
    assert rows == [
        ("department", True, None),
        ("unit", False, "putuo-commerce-2025-budget-department"),
    ]
    # 164,978,640 + 156,211,123 + 189,767,551 + 371,514,655 + 171,915,169 + 38,993,676.17
    counted = repository_warehouse.value("select sum(amount_yuan) from marts.expenditures")
    assert counted == Decimal("1093380814.17")


@pytest.mark.parametrize(("fiscal_year", "claimed"), [(2024, "-8767500"), (2025, "33556500")])
def test_changes_tie_with_what_wanli_claims(
    repository_warehouse: Built, fiscal_year: int, claimed: str
) -> None:
    (change, basis) = repository_warehouse.rows(
        "select change_yuan, basis from marts.fct_expenditure_changes"
        " where function_code = 'total' and nature = 'total' and fiscal_year = ?"
        " and disclosure_id like 'putuo-wanli-%'",
        fiscal_year,
    )[0]
    assert basis == "published"
    # The street rounds both years to 0.01 万元 before it subtracts.
    assert abs(change - Decimal(claimed)) <= 100
