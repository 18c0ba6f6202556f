"""The findings as files: `findings.csv` for people, `findings.sarif` for tools that track issues.

SARIF is the Static Analysis Results Interchange Format, version 2.1.0, of OASIS.
"""

import csv
import json
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb

from budget_warehouse.storage.rows import Row, columns_of, rows_of

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "budgetFinding/v1"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_LINE = re.compile(r"lines? (\d+)")
_TEXT = ".txt"  # of which a line is a line of the file; a page has no place in SARIF

_FINDINGS = """
    select
        reconciliations.fingerprint, failures.finding_id,
        failures.rank_in_finding = 1 as stands_for_finding, reconciliations.disclosure_id,
        organizations.organization_name, disclosures.fiscal_year, disclosures.stage,
        disclosures.source_document, disclosures.source_url, disclosures.source_sha256,
        reconciliations.rule_code, reconciliations.rule_version, reconciliations.severity,
        reconciliations.lowered_because, rules.statement, rules.statement_zh,
        reconciliations.subject, reconciliations.subject_zh, reconciliations.stated_yuan,
        reconciliations.computed_yuan, reconciliations.gap_yuan, reconciliations.tolerance_yuan,
        reconciliations.stated_text, reconciliations.computed_text,
        reconciliations.stated_table_name, reconciliations.stated_source_ref,
        reconciliations.computed_table_name, reconciliations.computed_source_ref,
        reconciliations.computed_disclosure_id, reconciliations.stated_source_zh,
        reconciliations.computed_source_zh, rules.remedy, rules.remedy_zh,
        reconciliations.verdict, reconciliations.known_finding_reason as reason,
        reconciliations.known_finding_reason_zh as reason_zh, reconciliations.reviewer,
        reconciliations.reviewed_on, reconciliations.until, reconciliations.reopened_because
    from marts.fct_reconciliations as reconciliations
    inner join marts.fct_finding_failures as failures
        using (disclosure_id, rule_code, subject)
    inner join marts.dim_disclosures as disclosures using (disclosure_id)
    inner join marts.dim_organizations as organizations using (organization_id)
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    where outcome = 'fail'
    order by disclosure_id, finding_id, rank_in_finding
"""

_COUNT = "select count(*) from marts.fct_finding_failures"

_HAS_FINGERPRINTS = """
    select count(*) > 0
    from duckdb_columns()
    where
        database_name = current_database() and schema_name = 'marts'
        and table_name = 'fct_findings' and column_name = 'fingerprint'
"""

_RULES = """
    select rules.*, precisions.* exclude (rule_code, severity)
    from marts.dim_reconciliation_rules as rules
    inner join marts.fct_rule_precision as precisions using (rule_code)
    order by rule_code
"""

_ARTIFACTS = """
    select source_document, source_url, source_sha256
    from marts.dim_disclosures
    where disclosure_id in (select disclosure_id from marts.fct_finding_failures)
    order by disclosure_id
"""

_OF_RULE: tuple[str, ...] = (
    "family",
    "tolerance",
    "basis",
    "article",
    "from_fiscal_year",
    "statement_zh",
)
_OF_RULE += ("remedy_zh", "changed_on", "change_note", "is_doubted", "confirmed_count")
_OF_RULE += ("unfounded_count", "precision_lower_ratio")

_OF_RESULT: tuple[str, ...] = (
    "disclosure_id",
    "organization_name",
    "fiscal_year",
    "stage",
    "finding_id",
)
_OF_RESULT += ("rule_version", "subject", "subject_zh", "stated_yuan", "computed_yuan", "gap_yuan")
_OF_RESULT += ("tolerance_yuan", "stated_text", "computed_text", "lowered_because", "verdict")
_OF_RESULT += ("reviewer", "reviewed_on", "until", "reopened_because")


def write_findings(
    connection: duckdb.DuckDBPyConnection, folder: Path, most: int, formula: str
) -> dict[str, str]:
    """Write `findings.csv` and `findings.sarif` into a folder, a row or result for each failure.

    The columns of the CSV are returned with their types; none where no file is written.

    Args:
        connection: a published warehouse.
        folder: where the files go.
        most: the most failures that are written; of more neither file is.
        formula: what a text begins with that a spreadsheet would run.
    """
    if connection.execute(_HAS_FINGERPRINTS).fetchall() == [(False,)]:
        return {}  # a version that was published earlier
    ((count,),) = connection.execute(_COUNT).fetchall()
    if count > most:
        return {}
    _write_csv(connection, folder / "findings.csv", re.compile(formula))
    _write_sarif(connection, folder / "findings.sarif")
    described = connection.execute(f"describe {_FINDINGS}").fetchall()
    return {name: data_type for name, data_type, *_ in described}


def _write_csv(connection: duckdb.DuckDBPyConnection, file: Path, formula: re.Pattern[str]) -> None:
    """Write a row for each failure as UTF-8 with a byte-order mark."""
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        cursor = connection.execute(_FINDINGS)
        writer.writerow(columns_of(cursor))
        while rows := cursor.fetchmany(10_000):
            for row in rows:
                writer.writerow(
                    f"'{value}" if isinstance(value, str) and formula.match(value) else value
                    for value in row
                )


def _write_sarif(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Write one run, result by result, so that a country's findings never stand in memory."""
    rules = list(rows_of(connection, _RULES))
    artifacts = list(dict.fromkeys(map(_artifact_key, rows_of(connection, _ARTIFACTS))))
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "utf16CodeUnits",
        "artifacts": [_artifact(*artifact) for artifact in artifacts],
    }
    head = {"$schema": SCHEMA, "version": "2.1.0", "runs": []}
    positions = {row["rule_code"]: position for position, row in enumerate(rules)}
    places = {artifact: position for position, artifact in enumerate(artifacts)}
    with file.open("w", encoding="utf-8") as target:
        target.write(f"{_json(head).removesuffix(']}')}{_json(run).removesuffix('}')}, ")
        target.write('"results": [')
        separator = "\n"
        for row in rows_of(connection, _FINDINGS):
            result = _result(row, positions[row["rule_code"]], places[_artifact_key(row)])
            target.write(separator + _json(result))
            separator = ",\n"
        target.write("\n]}]}\n")


def _driver(rules: list[Row]) -> dict[str, Any]:
    try:
        own = version("budget-warehouse")
    except PackageNotFoundError:  # run from its folder, not installed
        own = "0.1.0"
    return {
        "name": "budget-warehouse",
        "version": own,
        "language": "en",
        "rules": [_rule(row) for row in rules],
    }


def _rule(row: Row) -> dict[str, Any]:
    """Return a rule as a reporting descriptor."""
    return {
        "id": row["rule_code"],
        "shortDescription": {"text": row["statement"]},
        "fullDescription": {"text": f"{row['statement']} ({row['statement_zh']})"},
        "help": {"text": "\n".join(filter(None, (row["remedy"], row["remedy_zh"])))},
        "defaultConfiguration": {"level": _LEVELS[row["severity"]]},
        "properties": {"version": row["rule_version"], **_told(row, _OF_RULE)},
    }


def _artifact_key(row: Row) -> tuple[str, str]:
    document = row["source_document"] or row.get("disclosure_id") or "unnamed"
    return row["source_url"] or quote(document), row["source_sha256"] or ""


def _artifact(uri: str, sha256: str) -> dict[str, Any]:
    return {"location": {"uri": uri}} | ({"hashes": {"sha-256": sha256}} if sha256 else {})


def _result(row: Row, rule: int, artifact: int) -> dict[str, Any]:
    """Return a failure; one that a person found unfounded is suppressed."""
    result = {
        "ruleId": row["rule_code"],
        "ruleIndex": rule,
        "level": _LEVELS[row["severity"]],
        "message": {"text": _message(row)},
        "locations": [_location(row, "stated", artifact)],
        "partialFingerprints": {FINGERPRINT: row["fingerprint"]},
        "properties": _told(row, _OF_RESULT),
    }
    if row["computed_table_name"] and not row["computed_disclosure_id"]:
        result["relatedLocations"] = [{"id": 1, **_location(row, "computed", artifact)}]
    if row["verdict"] == "unfounded":
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": row["reason"]}
        ]
    return result


def _message(row: Row) -> str:
    sides = (("printed", "stated"), ("computed", "computed"))
    words = [f"{head} {figure}" for head, side in sides if (figure := _figure(row, side))]
    subject = f" ({row['subject']})" if row["subject"] else ""
    return f"{row['statement']}{subject}: {', '.join(words) or 'it does not hold'}."


def _figure(row: Row, side: str) -> str:
    amount = row[f"{side}_yuan"]
    parts = ("" if amount is None else f"{amount:,.2f} yuan", row[f"{side}_text"])
    return " ".join(part for part in parts if part)


def _location(row: Row, side: str, artifact: int) -> dict[str, Any]:
    """Return the document and, as a logical location, the table, page and row of a side."""
    table, place = row[f"{side}_table_name"], row[f"{side}_source_ref"]
    uri, _ = _artifact_key(row)
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "index": artifact}}
    line = _LINE.match(place or "")
    if line and int(line[1]) and (row["source_document"] or "").endswith(_TEXT):
        physical["region"] = {"startLine": int(line[1])}
    name = " ".join(part for part in (table, place) if part) or "the whole document"
    logical = {"name": name, "fullyQualifiedName": f"{row['disclosure_id']} {name}"}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _told(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what is known of some columns; an exact amount is a text."""
    known = ((name, row.get(name)) for name in names)
    return {
        name: value if isinstance(value, bool | int) else str(value)
        for name, value in known
        if value is not None
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
