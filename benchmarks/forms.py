"""The forms in which made-up disclosures are printed: how many of each, and their columns."""

from budget_warehouse.contract.raw_csv import FILES
from budget_warehouse.contract.reference_lists.printed import NAMED

SHANGHAI, BY_UNIT, OWN_LEVELS, BY_NAME = "shanghai", "by_unit", "own_levels", "by_name"
FINAL_ACCOUNTS = "final_accounts"

# Of 100 departments, with their units: how many print their budgets in each form. Half of them are
# of Shanghai, as in seeds/disclosures, of which each form has documents.
SHARES = {
    SHANGHAI: 50,  # nine tables, project forms and much prose
    BY_UNIT: 25,  # 无锡, 苏州: revenue by unit and source, what is carried in, more tables
    OWN_LEVELS: 10,  # 长沙: each row prints its own level's code
    BY_NAME: 15,  # 杭州: no codes, names by level, projects by source
}

# Of 100 departments: how many publish budget and final accounts by turns, and no budget alone.
WITH_FINAL_ACCOUNTS = 20

# Of 1,000 documents: how many have a table of which one figure was not read.
HALF_READ = 20

_LINE = ("side", "label")
_FUNCTION = ("class_code", "section_code", "item_code", "name")
_ECONOMIC_ITEM = ("class_code", "item_code", "name")
_LEVEL = ("level", "name")
_SUMMED = ("total", "basic", "project")
_NATURES = ("business_operation", "remitted_to_superior", "subsidies_to_affiliated")
_BASIC = ("total", "basic", "personnel", "public_use", "project")
_SOURCES = (
    *("total", "current_year_revenue", "general_public_budget", "government_funds"),
    *("state_capital", "special_account", "institution_revenue", "business_revenue"),
    *("superior_subsidy", "affiliated_remittance", "other_revenue", "carried_in"),
    *("carried_in_general_public_budget", "carried_in_government_funds"),
    *("carried_in_state_capital", "carried_in_special_account", "carried_in_unit_funds"),
)
_THREE_PUBLIC = (
    *("total", "overseas_visits", "official_hospitality", "vehicle_total"),
    *("vehicle_purchase", "vehicle_operation"),
)
_SUMMARIES = {
    "revenue_expenditure_summary": (*_LINE, "amount"),
    "fiscal_appropriation_summary": (*_LINE, "total"),
}
_BALANCES = (
    *_FUNCTION,
    *("carried_in_total", "revenue", *_SUMMED, "carried_out_total"),
)
_KEYS_OF_SHANGHAI = {
    "revenue_expenditure_summary": _LINE,
    "fiscal_appropriation_summary": _LINE,
    "basic_expenditure_by_economic": _ECONOMIC_ITEM,
    "three_public_expenses": (),
}

# The columns of each printed table that say what a row is about, and its measures.
COLUMNS_OF_FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    SHANGHAI: {
        table: (*_KEYS_OF_SHANGHAI.get(table, _FUNCTION), *measures)
        for table, measures in NAMED.items()
    },
    BY_UNIT: _SUMMARIES
    | {
        "revenue_by_function": ("organization_code", "organization_name", *_SOURCES),
        "expenditure_by_function": (*_FUNCTION, *_SUMMED, *_NATURES),
        "fiscal_appropriation_by_function": (*_FUNCTION, *_BASIC),
        "general_public_budget_by_function": (*_FUNCTION, *_BASIC),
        "government_funds_by_function": (*_FUNCTION, *_SUMMED),
        "state_capital_by_function": (*_FUNCTION, *_SUMMED),
        "basic_expenditure_by_economic": (*_ECONOMIC_ITEM, "total", "personnel", "public_use"),
        "fiscal_appropriation_basic_by_economic": (
            *(*_ECONOMIC_ITEM, "total", "personnel", "public_use"),
        ),
        "three_public_expenses": (*_THREE_PUBLIC, "meetings", "trainings"),
        "agency_operating_expenses_by_economic": (*_ECONOMIC_ITEM, "total"),
        "procurements": (
            *("procurement_item", "procurement_catalogue", "total", "general_public_budget"),
            *("government_funds", "unit_funds", "carried_in"),
        ),
    },
    OWN_LEVELS: _SUMMARIES
    | {
        "revenue_by_function": (
            *("level", *_FUNCTION, "total", "fiscal_appropriation", "special_account"),
            *("institution_revenue", "business_revenue", "superior_subsidy", "other_revenue"),
            "carried_in",
        ),
        "expenditure_by_function": ("level", *_FUNCTION, *_SUMMED, *_NATURES),
        "general_public_budget_by_function": ("level", *_FUNCTION, *_SUMMED),
        "government_funds_by_function": ("level", *_FUNCTION, *_SUMMED),
        "state_capital_by_function": ("level", *_FUNCTION, *_SUMMED),
        "basic_expenditure_by_economic": (*_ECONOMIC_ITEM, "total", "personnel", "public_use"),
        "three_public_expenses": ("organization_name", *_THREE_PUBLIC),
    },
    BY_NAME: _SUMMARIES
    | {
        "revenue_by_function": ("organization_name", *_SOURCES),
        "expenditure_by_function": (
            *(*_LEVEL, "total", "personnel", "public_use", "project", *_NATURES),
        ),
        "general_public_budget_by_function": (*_LEVEL, *_BASIC),
        "government_funds_by_function": (*_LEVEL, *_SUMMED),
        "state_capital_by_function": (*_LEVEL, *_SUMMED),
        "basic_expenditure_by_economic": (*_LEVEL, "total", "personnel", "public_use"),
        "three_public_expenses": ("organization_name", *_THREE_PUBLIC),
        "expenditure_by_project": (
            *("organization_name", "project_name", "total", "general_public_budget"),
            *("government_funds", "state_capital", "special_account", "unit_funds"),
        ),
    },
    FINAL_ACCOUNTS: {
        "revenue_expenditure_summary": (*_LINE, "amount"),
        "revenue_by_function": (
            *(*_FUNCTION, "total", "fiscal_appropriation", "superior_subsidy"),
            *("institution_revenue", "business_revenue", "affiliated_remittance"),
            "other_revenue",
        ),
        "expenditure_by_function": (*_FUNCTION, *_SUMMED, *_NATURES),
        "fiscal_appropriation_summary": (
            *(*_LINE, "total", "general_public_budget", "government_funds", "state_capital"),
        ),
        "general_public_budget_by_function": (*_FUNCTION, *_SUMMED),
        "basic_expenditure_by_economic": (*_ECONOMIC_ITEM, "total"),
        "three_public_expenses": (
            *_THREE_PUBLIC,
            *(f"adjusted_budget_{measure}" for measure in _THREE_PUBLIC),
        ),
        "government_funds_by_function": _BALANCES,
        "state_capital_by_function": _BALANCES,
    },
}

# The titles under which each table is published, without the year.
TITLES_OF_FORMS: dict[str, dict[str, str]] = {
    SHANGHAI: {
        "revenue_expenditure_summary": "部门财务收支预算总表",
        "revenue_by_function": "部门收入预算总表",
        "expenditure_by_function": "部门支出预算总表",
        "fiscal_appropriation_summary": "部门财政拨款收支预算总表",
        "general_public_budget_by_function": "部门一般公共预算支出功能分类预算表",
        "government_funds_by_function": "部门政府性基金预算支出功能分类预算表",
        "state_capital_by_function": "部门国有资本经营预算支出功能分类预算表",
        "basic_expenditure_by_economic": "部门一般公共预算基本支出部门预算经济分类预算表",
        "three_public_expenses": "部门“三公”经费和机关运行经费预算表",
    },
    BY_UNIT: {
        "revenue_expenditure_summary": "收支总表",
        "revenue_by_function": "收入总表",
        "expenditure_by_function": "支出总表",
        "fiscal_appropriation_summary": "财政拨款收支总表",
        "fiscal_appropriation_by_function": "财政拨款支出表（功能科目）",
        "general_public_budget_by_function": "一般公共预算支出表",
        "government_funds_by_function": "政府性基金预算支出表",
        "state_capital_by_function": "国有资本经营预算支出预算表",
        "basic_expenditure_by_economic": "一般公共预算基本支出表",
        "fiscal_appropriation_basic_by_economic": "财政拨款基本支出表（经济科目）",
        "three_public_expenses": "一般公共预算“三公”经费、会议费、培训费支出表",
        "agency_operating_expenses_by_economic": "一般公共预算机关运行经费支出预算表",
        "procurements": "政府采购支出表",
    },
    OWN_LEVELS: {
        "revenue_expenditure_summary": "部门收支总体情况表",
        "revenue_by_function": "部门收入总体情况表",
        "expenditure_by_function": "部门支出总体情况表",
        "fiscal_appropriation_summary": "财政拨款收支总体情况表",
        "general_public_budget_by_function": "一般公共预算支出情况表",
        "government_funds_by_function": "政府性基金预算支出情况表",
        "state_capital_by_function": "国有资本经营预算支出情况表",
        "basic_expenditure_by_economic": "一般公共预算基本支出情况表",
        "three_public_expenses": "一般公共预算“三公”经费支出情况表",
    },
    BY_NAME: {
        "revenue_expenditure_summary": "市级部门收支预算总表",
        "revenue_by_function": "市级部门收入预算总表",
        "expenditure_by_function": "市级部门支出预算总表",
        "fiscal_appropriation_summary": "市级部门财政拨款收支预算总表",
        "general_public_budget_by_function": "市级部门一般公共预算支出预算表",
        "government_funds_by_function": "市级部门政府性基金预算支出预算表",
        "state_capital_by_function": "市级部门国有资本经营预算支出预算表",
        "basic_expenditure_by_economic": "市级部门一般公共预算基本支出预算表",
        "three_public_expenses": "市级部门一般公共预算“三公”经费支出预算表",
        "expenditure_by_project": "市级部门项目支出预算表",
    },
    FINAL_ACCOUNTS: {
        "revenue_expenditure_summary": "收入支出决算总表",
        "revenue_by_function": "收入决算表",
        "expenditure_by_function": "支出决算表",
        "fiscal_appropriation_summary": "财政拨款收入支出决算总表",
        "general_public_budget_by_function": "一般公共预算财政拨款支出决算表",
        "basic_expenditure_by_economic": "一般公共预算财政拨款基本支出决算表",
        "three_public_expenses": "财政拨款“三公”经费支出决算表",
        "government_funds_by_function": "政府性基金预算财政拨款收入支出决算表",
        "state_capital_by_function": "国有资本经营预算财政拨款收入支出决算表",
    },
}

# The other files of a disclosure, with all columns of the contract.
COLUMNS_OF_FILES = {table: tuple(columns) for table, columns in FILES.items()}
