"""Rows of the reference lists held against each other: periods, parents, changes, lines, rules."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from budget_warehouse.contract.reference_lists.contract import ANY_TABLE, LINES
from budget_warehouse.contract.reference_lists.fault import Fault, narrow, unknown
from budget_warehouse.contract.reference_lists.names import Names
from budget_warehouse.contract.reference_lists.printed import faults_of_printed_tables
from budget_warehouse.contract.reference_lists.reading import NumberedRow
from budget_warehouse.contract.reference_lists.sides import lonely_sides, unselecting_sides

Lists = Mapping[str, Collection[NumberedRow]]

_HEADS = ("人", "万人")

_SLIP = 0.8  # likeness of a line that nobody names to one that somebody does: totcl, total

# The column in which a code stands below another, its names, and which other one that is.
_PARENTS: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "functions": ("function_code", "function classes", lambda code: code[:3]),
    "economic_items": ("economic_code", "economic classes", lambda code: code[:3]),
    "cofog": ("cofog_code", "COFOG codes", lambda code: code.rpartition(".")[0] or code),
}


def faults_between(sound: Lists, unsound: Lists, names: Names) -> Iterator[Fault]:
    """Yield what sound rows say wrongly of each other.

    Nothing more is said of a rule that has a side in an unsound row: mending that may mend it.
    """
    for name, rows in sound.items():
        yield from _periods(name, rows)
    for name in _PARENTS.keys() & sound.keys():
        yield from _parents(name, sound[name], names)
    yield from _regions(sound.get("regions", ()), names)
    yield from _changes(sound.get("classification_changes", ()))
    yield from _consumptions(sound.get("cofog", ()))
    yield from _treatments(sound.get("function_cofog", ()))
    yield from faults_of_printed_tables(
        sound.get("raw_tables", ()), sound.get("raw_columns", ()), names
    )
    yield from _lines(sound.get("summary_lines", ()), names)
    yield from _context_figures(sound.get("context_figures", ()))
    all_sides = sound.get("reconciliation_sides", ())
    unselecting = list(unselecting_sides(all_sides, names))
    yield from unselecting
    lines = {fault.line for fault in unselecting}
    doubtful = {row["rule_code"] for line, row in all_sides if line in lines}
    for _, row in unsound.get("reconciliation_sides", ()):
        # A rule that does not exist may be meant for any that looks like it.
        meant = get_close_matches(narrow(row["rule_code"]), names.get("rules", ()), 20)
        doubtful.update(meant, {row["rule_code"]})
    sides = [(line, row) for line, row in all_sides if row["rule_code"] not in doubtful]
    rules = sound.get("reconciliation_rules", ())
    yield from lonely_sides(sides)
    yield from _uncomputed_rules(rules, names)
    yield from _unneeded_tables(rules, sides)
    yield from _verdicts(sound.get("known_findings", ()), rules)


def _periods(name: str, rows: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield what begins after it ends."""
    for line, row in rows:
        for begin, value in row.items():
            end = begin.replace("from", "until")
            if end != begin and value and row.get(end) and value > row[end]:
                reason = f"{value!r} is after {end} {row[end]!r}"
                yield Fault(f"{name}.csv", line, begin, reason)


def _parents(name: str, rows: Collection[NumberedRow], names: Names) -> Iterator[Fault]:
    """Yield codes that stand below one that the list lacks."""
    column, codes, parent = _PARENTS[name]
    known = names.get(codes, ())
    for line, row in rows:
        above = parent(row[column])
        if known and above not in known:
            reason = f"{row[column]!r} stands below {above!r}, which is not in the list"
            of_its_length = [code for code in known if len(code) == len(above)]
            yield Fault(f"{name}.csv", line, column, reason, above, of_its_length)


def _regions(rows: Collection[NumberedRow], names: Names) -> Iterator[Fault]:
    """Yield regions below another province or prefecture than their code says, or below none."""
    known = names.get("regions", ())
    for line, row in rows:
        code, above = row["region_code"], row["parent_region_code"]
        digits = above
        while digits.endswith("00"):
            digits = digits.removesuffix("00")
        stands = code.startswith(digits) if above else False
        if above != code and (stands or code.endswith("0000")):
            continue
        reason = (
            f"{code!r} cannot stand below {above!r}"
            if above
            else f"must not be blank for {code!r}, which is no province"
        )
        own = [own for own in (f"{code[:4]}00", f"{code[:2]}0000") if own in known and own != code]
        yield Fault("regions.csv", line, "parent_region_code", reason, above or code, own)


def _changes(rows: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield renames that change the code, other changes that do not, changes of none or to two."""
    given_up: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line, row in rows:
        kind, former, present = row["kind"], row["from_code"], row["to_code"]
        column, reason = "from_code", ""
        if kind == "new":
            if former or row["from_name"]:
                reason = "must be blank like from_name where the kind is 'new'"
        elif not former or not row["from_name"]:
            column = "from_name" if former else "from_code"
            reason = f"must not be blank where the kind is {kind!r}"
        elif kind == "rename" and former != present:
            column, reason = "kind", f"a rename keeps the code, and {former} becomes {present}"
        elif kind != "rename" and former == present:
            column, reason = "kind", f"a {kind} changes the code, and {former} stays"
        elif kind == "rename" and row["from_name"] == row["to_name"]:
            column, reason = "to_name", f"{row['to_name']!r} is the former name too"
        elif kind != "rename":
            kinds = given_up[row["classification"], former, row["effective_fiscal_year"]]
            kinds.append(kind)
            if len(kinds) > 1 and set(kinds) != {"split"}:
                reason = f"{former} becomes two codes in one year; that is a split"
        if reason:
            yield Fault("classification_changes.csv", line, column, reason)


def _consumptions(rows: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield classes of COFOG without a kind of consumption, and divisions and groups with one."""
    for line, row in rows:
        is_class = row["cofog_code"].count(".") == 2
        if is_class != bool(row["consumption"]):
            must = "must not be blank for a class" if is_class else "must be blank but for a class"
            yield Fault("cofog.csv", line, "consumption", f"{must} such as 01.1.1")


def _treatments(rows: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield accounts that serve a function without a COFOG code, or have one and serve none."""
    for line, row in rows:
        serves = row["treatment"] == "function"
        if serves != bool(row["cofog_code"]):
            must = "must not be blank" if serves else "must be blank"
            reason = f"{must} where the treatment is {row['treatment']!r}"
            yield Fault("function_cofog.csv", line, "cofog_code", reason)


def _lines(rows: Collection[NumberedRow], names: Names) -> Iterator[Fault]:
    """Yield lines for which one label stands and that nothing else names, but one much alike."""
    labels = Counter(row["line"] for _, row in rows)
    known = {line for line, count in labels.items() if count > 1}
    known = known.union(LINES, names.get("lines of sides", ()), names.get("measures", ()))
    for line, row in rows:
        if row["line"] not in known and get_close_matches(row["line"], known, 1, _SLIP):
            noun = "line that a rule or a table names"
            yield unknown("summary_lines.csv", line, "line", row["line"], noun, known)


def _context_figures(rows: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield figures of nobody, of no people, and in a unit that no amount is divided by."""
    for line, row in rows:
        kind, owner = row["kind"], "organization_name" if row["kind"] == "staff" else "region_code"
        if not row[owner]:
            reason = f"must not be blank where the kind is {kind!r}"
            yield Fault("context_figures.csv", line, owner, reason)
        if kind != "staff" and row["organization_name"]:
            reason = f"must be blank where the kind is {kind!r}"
            yield Fault("context_figures.csv", line, "organization_name", reason)
        if not Decimal(row["value"]):
            yield Fault("context_figures.csv", line, "value", "must be above 0")
        if kind != "deflator" and row["unit"] not in _HEADS:
            reason = f"{row['unit']!r} is no unit of people; write {' or '.join(_HEADS)}"
            yield Fault("context_figures.csv", line, "unit", reason)


def _uncomputed_rules(rules: Collection[NumberedRow], names: Names) -> Iterator[Fault]:
    """Yield rules without a side and without a model."""
    if "rules with sides" not in names:
        return
    computed = {*names["rules with sides"], *names["rules in models"]}
    for line, row in rules:
        if row["rule_code"] not in computed:
            reason = f"{row['rule_code']!r} has no side in reconciliation_sides.csv and no model"
            known = computed.difference(names.get("rules", ()))
            yield Fault(
                "reconciliation_rules.csv", line, "rule_code", reason, row["rule_code"], known
            )


def _unneeded_tables(
    rules: Collection[NumberedRow], sides: Collection[NumberedRow]
) -> Iterator[Fault]:
    """Yield tables that a rule of two sides is said to need, and that neither of them sums up."""
    summed: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, row in sides:
        summed[row["rule_code"]][row["side_of_claim"]].add(row["table_name"])
    for line, row in rules:
        by_side = summed.get(row["rule_code"], {})
        tables = set[str]().union(*by_side.values())
        for table in row["needed_tables"].split():
            if len(by_side) == 2 and table not in {*tables, ANY_TABLE}:
                reason = f"{table!r} stands on no side of {row['rule_code']}"
                yield Fault(
                    "reconciliation_rules.csv", line, "needed_tables", reason, table, tables
                )


def _verdicts(rows: Collection[NumberedRow], rules: Collection[NumberedRow]) -> Iterator[Fault]:
    """Yield verdicts on a version that the rule does not have yet, and those that end too early."""
    versions = {row["rule_code"]: int(row["version"]) for _, row in rules}
    for line, row in rows:
        version = versions.get(row["rule_code"])
        if version is not None and int(row["rule_version"]) > version:
            reason = f"{row['rule_code']} has version {version}, not {row['rule_version']} yet"
            yield Fault("known_findings.csv", line, "rule_version", reason)
        if row["until"] and row["until"] < row["reviewed_on"]:
            reason = f"{row['until']!r} is before reviewed_on {row['reviewed_on']!r}"
            yield Fault("known_findings.csv", line, "until", reason)
