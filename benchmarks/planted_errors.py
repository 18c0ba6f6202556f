"""Errors planted into made-up disclosures: which rule each breaks, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.disclosures import Disclosure
from benchmarks.forms import BY_UNIT, FINAL_ACCOUNTS, OWN_LEVELS, SHANGHAI, SHARES

T1 = "revenue_expenditure_summary"
T2 = "revenue_by_function"
T4 = "fiscal_appropriation_summary"
T5 = "general_public_budget_by_function"
T7 = "state_capital_by_function"
T8 = "basic_expenditure_by_economic"
T9 = "three_public_expenses"
CLAIMS = "narrative_claims"
T3 = "expenditure_by_function"

BUDGETS = tuple(SHARES)
BY_CODE = (SHANGHAI, BY_UNIT, OWN_LEVELS)


@dataclass(frozen=True)
class PlantedError:
    """An error and its rule; `plant` says what it touched, or None where there is nothing to touch.

    `consequences` are rules that the same error cannot help breaking.
    """

    rule_code: str
    plant: Callable[[Disclosure], str | None]
    consequences: tuple[str, ...] = ()
    forms: tuple[str, ...] = (SHANGHAI,)

    def fits(self, document: Disclosure) -> bool:
        """Return whether a document is printed in a form that the error is made for."""
        return document.form_name in self.forms


def _claim(document: Disclosure, measure: str) -> tuple[list[str], str]:
    """Return the last claim of a measure, and the subject that the rules give it."""
    number, row = [
        (number, row)
        for number, row in enumerate(document.files[CLAIMS], start=1)
        if row[1] == measure
    ][-1]
    return row, f"{measure} claim {number}"


def _row_of_account(document: Disclosure, account: str) -> list[str]:
    return next(row for row in document.tables[T8] if row[0] + row[1] == account)


def _figure_without_heading(document: Disclosure) -> str:
    rows = document.tables[T5]
    document.notes[T5, len(rows)] = '"1,923,848.64"'
    return ""


def _finer_than_a_fen(document: Disclosure) -> str | None:
    if document.form.unit == "万元" or document.form.quantum == 100:
        return None
    row = _row_of_account(document, "30101")
    row[3] = row[3].removesuffix('"') + '0"'
    return ""


def _no_entity_above_the_table(document: Disclosure) -> str:
    document.compiling_entities[T8] = ""
    return T8


def _classes_changed_places(table: str, columns: slice) -> Callable[[Disclosure], str]:
    def plant(document: Disclosure) -> str:
        lines = [row for row in document.tables[table] if row[0] == "expenditure"]
        one, other = (row for row in lines if row[1].endswith(("卫生健康支出", "住房保障支出")))
        one[columns], other[columns] = other[columns], one[columns]
        return ""

    return plant


def _contributions_changed_places(document: Disclosure) -> str:
    one, other = _row_of_account(document, "30101"), _row_of_account(document, "30113")
    one[3:], other[3:] = other[3:], one[3:]
    return "30113"


def _another_name_in_t2(document: Disclosure) -> str:
    document.tables[T2][0][3] += "合计数"
    return document.tables[T2][0][0]


def _another_entity(document: Disclosure) -> str:
    document.compiling_entities[T5] = "合成第00000号单位"
    return T5


def _hospitality_of_the_prose(document: Disclosure) -> str:
    row, subject = _claim(document, "official_hospitality")
    row[3:] = ["987.65", "", "", "", "", "", ""]
    return subject


def _change_of_three_public(document: Disclosure) -> str | None:
    if not document.has_earlier:
        return None
    row, subject = _claim(document, "three_public_total")
    if not row[3].strip('"0.'):  # that nothing was reached by an increase is a finding of NT-12
        return None
    row[7:9] = ["增加", "765.43"]
    return subject


def _general_public_budget_of_the_prose(document: Disclosure) -> str:
    row, _ = _claim(document, "general_public_budget_expenditure")
    # Another first digit, so that it is no figure in another unit.
    digits = row[3].strip('"')
    row[3] = f'"{"9" if digits[0] != "9" else "8"}{digits[1:]}"'
    return ""


def _number_left_out(document: Disclosure) -> str:
    for row in document.files[CLAIMS]:
        if row[0] and int(row[0]) > 3:
            row[0] = str(int(row[0]) + 1)
    return "function_item list"


def _percentage(document: Disclosure) -> str:
    row = next(row for row in document.files[CLAIMS] if row[9])
    row[9] = "87.65%"
    return ""


def _goods(document: Disclosure) -> str:
    row, _ = _claim(document, "procurement_goods")
    row[3] = f'"9{row[3].strip(chr(34))}"'
    return "procurement_total"


def _small_above_sme(document: Disclosure) -> str:
    row, _ = _claim(document, "small_micro_reserved")
    row[3] = f'"9{row[3].strip(chr(34))}"'
    return "small_micro_reserved"


def _performance_year(document: Disclosure) -> str:
    document.files["statements"][0][1] = str(document.fiscal_year - 1)
    return "performance_fiscal_year 1"


def _base_year(document: Disclosure) -> str:
    row, subject = _claim(document, "overseas_visits")
    row[4] = str(document.fiscal_year - 2)
    return subject


def _unit_of_t5(document: Disclosure) -> str:
    document.units[T5] = "万元" if document.form.unit == "元" else "元"
    return T5


def _calculation(document: Disclosure) -> str:
    document.files["statements"][3][1] = '"每月3,000元*12=36,000万元"'
    return ""


def _base_amount(document: Disclosure) -> str | None:
    if not document.has_earlier or document.organization.scope != "unit":
        return None
    row = next(row for row in document.files[CLAIMS] if row[6])
    # Without a percentage, and far below the department's base: only the base itself is wrong.
    row[6:10] = ["0.01", "增加", "", ""]
    return ""


def _name_of_economic_item(document: Disclosure) -> str:
    _row_of_account(document, "30101")[2] = "基础岗位薪酬"
    return "economic 30101"


def _below_another_class(document: Disclosure) -> str:
    rows = document.tables[T8]
    row = _row_of_account(document, "30113")
    rows.remove(row)
    rows.insert(next(place for place, other in enumerate(rows) if other[0] == "302") + 1, row)
    return ""


def _carry_over(document: Disclosure) -> str | None:
    if not document.files["projects"]:
        return None
    document.files["projects"][0][12] = "1200.00"
    return ""


def _year_of_form(document: Disclosure) -> str | None:
    if not document.files["projects"]:
        return None
    row = document.files["projects"][0]
    row[0] = str(document.fiscal_year - 1)
    return f"project 1 {row[1]}"


def _no_satisfaction(document: Disclosure) -> str | None:
    targets = document.files["performance_targets"]
    if not targets:
        return None
    name = targets[0][0]
    targets.remove(next(row for row in targets if row[1] == "满意度指标"))
    return f"project {name}"


def _empty_without_note(document: Disclosure) -> str | None:
    return T7 if document.remarks.pop(T7, None) else None


def _published_late(document: Disclosure) -> str:
    document.published_on = f"{document.fiscal_year}-11-20"
    return "publication"


def _instruction_left_in(document: Disclosure) -> str:
    document.remarks[T1] = "请删除本行填写说明"
    return T1


def _natures_changed_places(document: Disclosure) -> str | None:
    """Swap basic and project expenditure of an item of a unit that has project alone."""
    if not document.organization.department:
        return None
    columns = document.columns[T3]
    item, basic, project = (columns.index(name) for name in ("item_code", "basic", "project"))
    for row in document.tables[T3]:
        if row[item] and row[project].strip('"0.') and not row[basic].strip('"0.'):
            row[basic], row[project] = row[project], row[basic]
            return ""
    return None


def _total_beside_a_class(document: Disclosure) -> str:
    rows = document.tables[T5]
    rows[0][4] = rows[-1][4]
    return ""


PLANTED_ERRORS = (
    PlantedError("WT-19", _figure_without_heading),
    PlantedError("CT-05", _classes_changed_places(T1, slice(2, None)), forms=BY_CODE),
    PlantedError("SG-05", _hospitality_of_the_prose, forms=(SHANGHAI, BY_UNIT)),
    PlantedError("NT-03", _general_public_budget_of_the_prose, forms=BY_CODE),
    PlantedError("UC-04", _calculation),
    PlantedError("XY-02", _base_amount),
    PlantedError("CC-02", _name_of_economic_item),
    PlantedError("PJ-03", _carry_over),
    PlantedError("DC-10", _empty_without_note),
    PlantedError("WT-21", _finer_than_a_fen),
    PlantedError("WT-24", _no_entity_above_the_table),
    PlantedError("CT-08", _classes_changed_places(T4, slice(2, None))),
    PlantedError("CT-13", _contributions_changed_places),
    PlantedError("CT-16", _another_name_in_t2),
    PlantedError("CT-17", _another_entity, forms=BUDGETS),
    PlantedError("SG-08", _change_of_three_public),
    PlantedError("NT-07", _number_left_out, forms=BUDGETS),
    PlantedError("NT-10", _percentage, forms=BUDGETS),
    PlantedError("NT-14", _goods, forms=BUDGETS),
    PlantedError("NT-15", _small_above_sme, forms=BUDGETS),
    PlantedError("NT-17", _performance_year),
    PlantedError("NT-26", _base_year, forms=BUDGETS),
    PlantedError("UC-01", _unit_of_t5),
    PlantedError("CC-04", _below_another_class, forms=BY_CODE),
    PlantedError("PJ-05", _year_of_form),
    PlantedError("PJ-09", _no_satisfaction),
    PlantedError("DC-18", _published_late, forms=BUDGETS),
    PlantedError("DC-20", _instruction_left_in, forms=BUDGETS),
    PlantedError("WT-11", _total_beside_a_class, ("WT-10", "CT-08", "CT-10")),
    PlantedError("WT-08", _natures_changed_places, ("CT-09", "CT-22"), (FINAL_ACCOUNTS,)),
)
