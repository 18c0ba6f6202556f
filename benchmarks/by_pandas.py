"""The marts in plain pandas, as an analyst would compute them from the raw CSVs, in whole fen.

It computes the facts, the disclosures and organizations, and of the rules those by which a table by
account adds up. It does not compute the other rules, the dimensions of accounts, what the prose
states of a year that is not published, or which of several revisions counts.
"""

import argparse
from pathlib import Path

import pandas as pd

from benchmarks.accounts import REFERENCE

# The table, its amounts, and the rules by which its rows and its levels add up.
BY_ACCOUNT = {
    "revenue_by_function": (
        [
            "total",
            "fiscal_appropriation",
            "institution_revenue",
            "business_revenue",
            "other_revenue",
        ],
        ("WT-05", "WT-06"),
    ),
    "expenditure_by_function": (["total", "basic", "project"], ("WT-07", "WT-08")),
    "general_public_budget_by_function": (["total", "basic", "project"], ("WT-10", "WT-11")),
    "government_funds_by_function": (["total", "basic", "project"], ("WT-12", "WT-12")),
    "state_capital_by_function": (["total", "basic", "project"], ("WT-13", "WT-13")),
    "basic_expenditure_by_economic": (["total", "personnel", "public_use"], ("WT-14", "WT-15")),
}
SUMMARIES = {
    "revenue_expenditure_summary": ["amount", "personnel", "public_use", "project"],
    "fiscal_appropriation_summary": [
        "total",
        "general_public_budget",
        "government_funds",
        "state_capital",
    ],
}
THREE_PUBLIC = {
    "total": "total",
    "overseas_visits": "leaf",
    "official_hospitality": "leaf",
    "vehicle_total": "subtotal",
    "vehicle_purchase": "leaf",
    "vehicle_operation": "leaf",
    "agency_operating_expenses": "leaf",
}
PROJECTS = {
    "total": "total",
    "fiscal_funds": "subtotal",
    "other_funds": "subtotal",
    "annual_total": "subtotal",
    "annual_fiscal": "leaf",
    "annual_carryover": "leaf",
    "annual_other": "leaf",
}
FUNDS = {
    "expenditure_by_function": "all_funds",
    "general_public_budget_by_function": "general_public_budget",
    "government_funds_by_function": "government_funds",
    "state_capital_by_function": "state_capital",
}
LEVELS = {"class": 3, "section": 5, "item": 7}
DETAIL = r"^(?:其中|[0-9]+[、.．]|[(（][一二三四五六七八九十0-9]+[)）])"
AMOUNT_COLUMNS = [
    "disclosure_id",
    "table_name",
    "row_number",
    "measure",
    "row_role",
    "account_code",
    "amount_fen",
    "is_counted",
]


def raw(seeds: Path, table: str) -> pd.DataFrame:
    """Return a raw table of all folders, as text."""
    files = sorted((seeds / "disclosures").glob(f"*/{table}.csv"))
    frame = pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False) for file in files])
    if "row_number" in frame:
        frame["row_number"] = frame["row_number"].astype("int32")
    return frame.reset_index(drop=True)


def fen(printed: pd.Series, unit: pd.Series) -> pd.Series:
    """Return printed amounts in whole fen, rounded half up; blank is missing, a dash is nil."""
    text = printed.str.replace("[, ]", "", regex=True).replace({"-": "0", "—": "0"})
    is_blank = text == ""
    text = text.where(~is_blank, "0")
    is_negative = text.str.startswith("-")
    parts = text.str.lstrip("-").str.partition(".")
    millionths = (parts[0] + parts[2].str.ljust(6, "0")).astype("int64")
    factor = (unit == "万元").map({True: 10_000, False: 1}).astype("int64")
    amount = (millionths * factor + 5_000) // 10_000
    return amount.where(~is_negative, -amount).astype("Int64").mask(is_blank)


def disclosures(seeds: Path) -> pd.DataFrame:
    """Return one row per disclosure, with its organization and whether sums count it."""
    frame = raw(seeds, "disclosure")
    frame["fiscal_year"] = frame["fiscal_year"].astype("int32")
    supervising = frame["supervising_organization_name"]
    frame["organization_id"] = frame["region_code"] + "-" + frame["organization_name"]
    department = supervising.where(supervising != "", frame["organization_name"])
    frame["department_id"] = frame["region_code"] + "-" + department
    departments = frame.loc[frame["scope"] == "department"]
    containing = pd.MultiIndex.from_frame(departments[["organization_id", "fiscal_year", "stage"]])
    own = pd.MultiIndex.from_frame(frame[["department_id", "fiscal_year", "stage"]])
    frame["is_counted"] = (frame["scope"] != "unit") | ~own.isin(containing)
    return frame


def organizations(documents: pd.DataFrame) -> pd.DataFrame:
    """Return one row per organization that publishes."""
    latest = documents.sort_values("fiscal_year").drop_duplicates("organization_id", keep="last")
    regions = pd.read_csv(REFERENCE / "regions.csv", dtype=str)[["region_code", "region_name"]]
    return latest[["organization_id", "organization_name", "region_code"]].merge(
        regions, on="region_code", how="left"
    )


def account_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table by account with each row's code and role: leaf, subtotal or total."""
    code = frame["class_code"] + frame.get("section_code", "") + frame["item_code"]
    frame["account_code"] = code.where(code != "")
    keys = frame["disclosure_id"] + " " + code
    above = [
        (frame["disclosure_id"] + " " + code.str[:digits])[code.str.len() > digits]
        for digits in (3, 5)
    ]
    is_extended = keys.isin(pd.concat(above))
    is_total = (code == "") & frame["name"].isin(["合计", "总计", "支出合计", "收入合计"])
    frame["row_role"] = "leaf"
    frame.loc[(code != "") & is_extended, "row_role"] = "subtotal"
    frame.loc[is_total, "row_role"] = "total"
    return frame


def summary_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a summary table with what each line is; a line with details below it is a subtotal."""
    names = frame["label"].str.replace("[ 　]", "", regex=True)
    bare = names.str.replace(
        "^(?:其中[:：]?)?(?:[一二三四五六七八九十]+[、.．]|[0-9]+[、.．]"
        "|[(（][一二三四五六七八九十0-9]+[)）])?",
        "",
        regex=True,
    )
    lines = pd.read_csv(REFERENCE / "summary_lines.csv", dtype=str).set_index(["side", "label"])
    places = pd.MultiIndex.from_arrays([frame["side"], bare])
    line = lines["line"].reindex(places).fillna("other").to_numpy()
    is_detail = names.str.contains(DETAIL) & ~pd.Series(line).isin(["total", "subtotal"])
    follows = is_detail.shift(-1, fill_value=False)
    frame["row_role"] = "leaf"
    frame.loc[~is_detail & follows, "row_role"] = "subtotal"
    frame.loc[line == "subtotal", "row_role"] = "subtotal"
    frame.loc[line == "total", "row_role"] = "total"
    frame["account_code"] = None
    return frame


def unpivoted(
    frame: pd.DataFrame, table: str, measures: list[str], counted: pd.Series
) -> pd.DataFrame:
    """Return one row per printed cell; a column without one figure in its table was not printed."""
    keys = ["disclosure_id", "row_number", "row_role", "account_code", "unit", "source_ref"]
    sides = ["side"] if "side" in frame else []
    long = frame[keys + sides + measures].melt([*keys, *sides], var_name="measure")
    long["amount_fen"] = fen(long["value"], long["unit"])
    groups = long.groupby(["disclosure_id", *sides, "measure"], observed=True)["amount_fen"]
    long = long[groups.transform("count") > 0].copy()
    long["table_name"] = table
    long["is_counted"] = long["disclosure_id"].map(counted)
    return long.drop(columns=["value", "unit", *sides])


def facts(amounts: pd.DataFrame, documents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the facts that are sums over leaf amounts."""
    about = documents[["disclosure_id", "organization_id", "fiscal_year", "stage", "is_counted"]]
    leaves = amounts[(amounts["row_role"] == "leaf") & amounts["amount_fen"].notna()]

    def summed(table: str, code: str, kind: str) -> pd.DataFrame:
        chosen = leaves[(leaves["table_name"] == table) & (leaves["measure"] != "total")]
        names = {"account_code": code, "measure": kind}
        keys = ["disclosure_id", code, kind]
        sums = chosen.rename(columns=names).groupby(keys)["amount_fen"].sum().reset_index()
        return sums[sums["amount_fen"] != 0].merge(about, on="disclosure_id")

    spent = leaves[leaves["table_name"].isin(FUNDS) & leaves["measure"].isin(["basic", "project"])]
    spent = spent.assign(fund=spent["table_name"].map(FUNDS)).rename(
        columns={"account_code": "function_code", "measure": "nature"}
    )
    keys = ["disclosure_id", "function_code", "nature"]
    by_fund = spent.groupby(["disclosure_id", "fund", *keys[1:]])["amount_fen"].sum().reset_index()
    signed = by_fund["amount_fen"].where(by_fund["fund"] == "all_funds", -by_fund["amount_fen"])
    own = by_fund.assign(amount_fen=signed, fund="own_funds")
    own = own.groupby([*keys, "fund"])["amount_fen"].sum().reset_index()
    expenditures = pd.concat([by_fund[by_fund["fund"] != "all_funds"], own])
    expenditures = expenditures[expenditures["amount_fen"] != 0].merge(about, on="disclosure_id")
    three_public = leaves[leaves["table_name"] == "three_public_expenses"]
    return {
        "fct_expenditures": expenditures,
        "fct_revenues": summed("revenue_by_function", "function_code", "source"),
        "fct_basic_expenditures": summed(
            "basic_expenditure_by_economic", "economic_code", "component"
        ),
        "fct_three_public_expenses": three_public.groupby(["disclosure_id", "measure"])[
            "amount_fen"
        ]
        .sum()
        .reset_index()
        .rename(columns={"measure": "expense"})
        .merge(about, on="disclosure_id"),
        "fct_budget_splits": splits(expenditures, about),
    }


def splits(expenditures: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Return one row per disclosure and node of the functional tree."""
    wide = expenditures.pivot_table(
        index=["disclosure_id", "function_code"],
        columns="nature",
        values="amount_fen",
        aggfunc="sum",
        fill_value=0,
    ).reset_index()
    nodes = [wide.assign(function_code="total", level="total")]
    for level, digits in LEVELS.items():
        reaching = wide[wide["function_code"].str.len() >= digits]
        nodes.append(
            reaching.assign(function_code=reaching["function_code"].str[:digits], level=level)
        )
    keys = ["disclosure_id", "function_code", "level"]
    summed = pd.concat(nodes).groupby(keys)[["basic", "project"]].sum().reset_index()
    summed = summed.rename(columns={"basic": "basic_fen", "project": "project_fen"})
    summed["total_fen"] = summed["basic_fen"] + summed["project_fen"]
    return summed.merge(about, on="disclosure_id")


def changes(nodes: pd.DataFrame) -> pd.DataFrame:
    """Return every node against the same of the year before, 0 where one year does not print it."""
    amounts = ["basic_fen", "project_fen", "total_fen"]
    keys = ["organization_id", "stage", "fiscal_year", "function_code", "level"]
    counted = nodes.loc[nodes["is_counted"], [*keys, *amounts]]
    published = counted[["organization_id", "stage", "fiscal_year"]].drop_duplicates()
    before = counted.assign(fiscal_year=counted["fiscal_year"] + 1).merge(published)
    both = counted.merge(before, how="outer", on=keys, suffixes=("", "_last_year"))
    has_basis = both.merge(
        published.assign(fiscal_year=published["fiscal_year"] + 1), how="left", indicator=True
    )["_merge"].eq("both")
    long = pd.concat(
        [
            both[keys].assign(
                nature=amount.removesuffix("_fen"),
                amount_fen=both[amount].fillna(0),
                last_year_amount_fen=both[f"{amount}_last_year"].fillna(0).where(has_basis),
            )
            for amount in amounts
        ]
    )
    return long.assign(change_fen=long["amount_fen"] - long["last_year_amount_fen"])


def broken_sums(amounts: pd.DataFrame) -> pd.DataFrame:
    """Return the disclosures in which a table by account does not add up, by rule."""
    known = amounts.assign(amount_fen=amounts["amount_fen"].fillna(0).astype("int64"))
    failures = []
    for table, (_, (rows_rule, levels_rule)) in BY_ACCOUNT.items():
        cells = known[known["table_name"] == table]
        is_total = cells["measure"] == "total"
        signed = cells["amount_fen"].where(is_total, -cells["amount_fen"])
        gaps = signed.groupby([cells["disclosure_id"], cells["row_number"]]).sum()
        failures.append(breaking(gaps != 0, rows_rule))
        code = cells["account_code"].fillna("total")
        parent = code.str[:-2].where(code.str.len() > 3, "total").where(code != "total")
        keys = ["disclosure_id", "measure"]
        children = cells.assign(code=parent).groupby([*keys, "code"])["amount_fen"].sum()
        parents = cells.assign(code=code).groupby([*keys, "code"])["amount_fen"].sum()
        compared = parents.to_frame("stated").join(children.rename("computed"), how="inner")
        failures.append(breaking(compared["stated"] != compared["computed"], levels_rule))
    return pd.concat(failures).drop_duplicates()


def breaking(is_broken: pd.Series, rule_code: str) -> pd.DataFrame:
    """Return the disclosures of those that break a rule."""
    places = is_broken.index[is_broken].get_level_values("disclosure_id")
    return pd.DataFrame({"disclosure_id": places.unique(), "rule_code": rule_code})


def projects(seeds: Path, counted: pd.Series) -> pd.DataFrame:
    """Return one row per disclosure and project."""
    frame = raw(seeds, "projects")
    names = {
        "total": "total_fen",
        "annual_total": "annual_fen",
        "annual_fiscal": "fiscal_fen",
        "annual_carryover": "carryover_fen",
        "annual_other": "other_fen",
    }
    for column, name in names.items():
        frame[name] = fen(frame[column], frame["unit"])
    frame["is_counted"] = frame["disclosure_id"].map(counted)
    frame = frame.rename(columns={"row_number": "project_number"})
    return frame[["disclosure_id", "project_number", "project_name", *names.values(), "is_counted"]]


def targets(seeds: Path) -> pd.DataFrame:
    """Return one row per disclosure, project and indicator, its levels filled in."""
    frame = raw(seeds, "performance_targets").sort_values(["disclosure_id", "row_number"])
    groups = [frame["disclosure_id"], frame["project_name"]]
    for level in ("indicator_level_1", "indicator_level_2"):
        frame[level] = frame[level].where(frame[level] != "").groupby(groups).ffill()
    matches = frame["target"].str.extract(r"^(>=|<=|>|<|=)?([0-9]+(?:[.][0-9]+)?)[^0-9~～-]*$")
    frame["comparator"] = matches[0]
    frame["target_text"] = frame["target"]
    return frame.rename(columns={"row_number": "indicator_number"})[
        [
            "disclosure_id",
            "indicator_number",
            "project_name",
            "indicator_level_1",
            "indicator_level_2",
            "indicator_name",
            "comparator",
            "target_text",
        ]
    ]


def claims(seeds: Path) -> pd.DataFrame:
    """Return one row per disclosure and statement of a figure in the prose."""
    frame = raw(seeds, "narrative_claims")
    for column, name in {
        "amount": "amount_fen",
        "base_amount": "base_amount_fen",
        "change": "change_fen",
    }.items():
        frame[name] = fen(frame[column], frame["unit"])
    frame["base_year"] = frame["base_year"].replace("", pd.NA).astype("Int32")
    return frame.rename(columns={"row_number": "claim_number"})[
        [
            "disclosure_id",
            "claim_number",
            "measure",
            "amount_fen",
            "base_year",
            "base_amount_fen",
            "change_fen",
        ]
    ]


def marts(seeds: Path) -> dict[str, pd.DataFrame]:
    """Return every mart by its name."""
    documents = disclosures(seeds)
    counted = documents.set_index("disclosure_id")["is_counted"]
    cells = [
        unpivoted(account_rows(raw(seeds, table)), table, measures, counted)
        for table, (measures, _) in BY_ACCOUNT.items()
    ]
    for table, measures in SUMMARIES.items():
        cells.append(unpivoted(summary_rows(raw(seeds, table)), table, measures, counted))
    for table, roles in (("three_public_expenses", THREE_PUBLIC), ("projects", PROJECTS)):
        rows = raw(seeds, table).assign(row_role="", account_code=None)
        printed = unpivoted(rows, table, list(roles), counted)
        cells.append(printed.assign(row_role=printed["measure"].map(roles)))
    amounts = pd.concat(cells)
    summed = facts(amounts, documents)
    columns = ["organization_id", "fiscal_year", "stage", "scope", "is_counted", "department_id"]
    return {
        "dim_disclosures": documents[["disclosure_id", *columns]],
        "dim_organizations": organizations(documents),
        "fct_published_amounts": amounts[AMOUNT_COLUMNS],
        **summed,
        "fct_expenditure_changes": changes(summed["fct_budget_splits"]),
        "fct_projects": projects(seeds, counted),
        "fct_performance_targets": targets(seeds),
        "fct_narrative_claims": claims(seeds),
        "fct_reconciliations": broken_sums(amounts),
    }


def main() -> None:
    """Compute the marts and write each as a file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_pandas", description=__doc__)
    parser.add_argument("--seeds", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    for name, mart in marts(given.seeds).items():
        mart.reset_index(drop=True).to_pickle(given.into / f"{name}.pickle")


if __name__ == "__main__":
    main()
