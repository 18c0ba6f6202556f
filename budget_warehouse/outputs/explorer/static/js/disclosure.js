"use strict";
// One disclosure: its printed amounts, what was made of them, and what it disputes itself.

const FUNCTION_TABLES = [
  "expenditure_by_function", "general_public_budget_by_function",
  "government_funds_by_function", "state_capital_by_function",
];
const ECONOMIC_TABLE = "basic_expenditure_by_economic";
const THREE_PUBLIC = ["overseas_visits", "official_hospitality", "vehicle_purchase", "vehicle_operation"];

class Disclosure {
  about; tables; amounts; splits; changes; stages; projects; targets; claims; statements; checks; findings; ties;

  static loaded = new Map();

  static async load(id) {
    if (!Index.disclosure.has(id)) throw new Error(t("没有编号为“{0}”的文件。", id));
    if (!Disclosure.loaded.has(id)) Disclosure.loaded.set(id, new Disclosure(id, await Data.loadOf(id, "disclosures")));
    return Disclosure.loaded.get(id);
  }

  constructor(id, part) {
    this.id = id;
    this.row = Index.disclosure.get(id);
    this.title = titleOf(this.row);
    [this.about] = records(part.disclosure);
    for (const name of ["tables", "amounts", "splits", "changes", "stages", "projects", "targets", "claims", "statements", "checks", "findings"])
      this[name] = records(part[name]);
    this.names = new Map(records(part.names).map((row) => [row.function_code, row.name]));
    this.disputes = new Map();
    this.disputedClaims = new Map();
    for (const finding of this.findings.filter((one) => one.outcome === "fail" && isOpen(one))) {
      for (const at of finding.amounts) push(this.disputes, at, finding);
      for (const number of finding.claims) push(this.disputedClaims, number, finding);
    }
  }

  name(code) {
    return code === "total" ? t("合计") : this.names.get(code) ?? code;
  }

  /** The printed amounts that a figure goes back to: `function:212:total`, `row:projects:1:total`. */
  printed(figure) {
    const [kind, code, measure, column] = figure.split(":");
    const is = {
      function: (one) => FUNCTION_TABLES.includes(one.table_name) && one.measure === measure &&
        (code === "total" ? one.row_role === "total" : one.account_code === code),
      economic: (one) => one.table_name === ECONOMIC_TABLE && one.measure === measure &&
        (code === "total" ? one.row_role === "total" : one.account_code === code),
      expense: (one) => one.table_name === "three_public_expenses" && one.measure === code,
      row: (one) => one.table_name === code && String(one.row_number) === measure && one.measure === column,
    }[kind];
    if (!is) return [];
    const places = [];
    this.amounts.forEach((one, at) => is(one) && places.push(at));
    return places.sort((one, other) => FUNCTION_TABLES.indexOf(this.amounts[one].table_name) -
      FUNCTION_TABLES.indexOf(this.amounts[other].table_name));
  }

  /** The findings on the first place where a figure is printed. */
  disputed(figure) {
    const [first] = this.printed(figure);
    return this.disputes.get(first) ?? [];
  }

  /** The children of a node of the functional tree among rows that have a `function_code`. */
  static under(rows, code) {
    const length = code === "total" ? 3 : code.length + 2;
    return rows.filter((row) => /^[0-9]+$/.test(row.function_code) &&
      row.function_code.length === length && (code === "total" || row.function_code.startsWith(code)));
  }

  /** The disclosures of the same organization, scope and stage, a year each, oldest first. */
  get siblings() {
    return Index.disclosures
      .filter((one) => one.organization === this.row.organization && one.scope === this.row.scope &&
        one.stage === this.row.stage && (one.is_current || one === this.row) &&
        (one === this.row || one.fiscal_year !== this.row.fiscal_year))
      .sort((one, other) => one.fiscal_year - other.fiscal_year);
  }

  tableTitle(name) {
    return this.tables.find((one) => one.table_name === name)?.title ?? tableLabel(this.row.stage, name);
  }
}

function push(groups, key, value) {
  if (!groups.has(key)) groups.set(key, []);
  groups.get(key).push(value);
}

/** p.12 r.3 → 第12页第3行 */
function placeOf(source) {
  return (source ?? "")
    .replace(/p\.(\d+) ?r\.(\d+)/, (_, page, row) => t("第{0}页第{1}行", page, row))
    .replace(/p\.(\d+)/, (_, page) => t("第{0}页", page))
    .replace(/(?:r\.|line )(\d+)/, (_, row) => t("第{0}行", row));
}
