"""The tools of the Model Context Protocol: what an assistant may ask of the marts.

Every answer is of the newest publication and names it.
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from budget_warehouse.contract.raw_csv import ENUMERATIONS, Kind
from budget_warehouse.outputs.reports.facts import SEVERITIES
from budget_warehouse.serving.catalogue import SCHEMAS
from budget_warehouse.serving.errors import QuestionError, UnknownNameError
from budget_warehouse.serving.publication import DATABASE, OpenedPublication, PublishedFile
from budget_warehouse.serving.statement import ask
from budget_warehouse.storage.warehouse import Warehouse

MOST_ROWS = 1_000  # more would fill what an assistant can keep in mind
_DEFAULT_ROWS = 100

_INSTRUCTIONS = """
Published Chinese government budgets (预算公开) and final accounts (决算公开), every figure as its
document prints it; nothing is corrected. Call list_marts, then describe_mart, then query, which
takes DuckDB SQL. Start from `expenditures`: leaf lines, nothing counted twice, every name joined.
In other marts keep `is_counted`, so that a department and its unit are not added up. Amounts are
exact decimals in yuan (元), given as texts. A figure has its place in the document in a column
`source_ref`; say it when you cite one.
"""

_DISCLOSURES = f"""
    select
        disclosures.disclosure_id, organizations.organization_name, organizations.region_name,
        disclosures.fiscal_year, disclosures.stage, disclosures.scope, disclosures.revision,
        disclosures.is_current, disclosures.is_counted, disclosures.counted_spending_yuan,
        disclosures.printed_spending_yuan, disclosures.reading, disclosures.source_document
    from {DATABASE}.marts.dim_disclosures as disclosures
    left join {DATABASE}.marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    where contains(
            concat_ws(
                ' ', disclosures.disclosure_id, organizations.organization_name,
                organizations.region_name, disclosures.source_document
            ),
            $text
        )
        and ($fiscal_year::integer is null or disclosures.fiscal_year = $fiscal_year)
        and ($stage::varchar is null or disclosures.stage = $stage)
    order by
        disclosures.fiscal_year desc, organizations.organization_name nulls last,
        disclosures.disclosure_id
    limit {MOST_ROWS}
"""
_KNOWN_DISCLOSURES = f"select disclosure_id from {DATABASE}.marts.dim_disclosures order by 1"
_FINDINGS = f"""
    select
        findings.finding_id, findings.severity, findings.rule_codes, rules.statement,
        rules.statement_zh, findings.subject, findings.amount_yuan, findings.stated_yuan,
        findings.stated_text, findings.stated_table_name, findings.stated_source_ref,
        findings.computed_yuan, findings.computed_text, findings.computed_table_name,
        findings.computed_source_ref, findings.computed_disclosure_id, rules.remedy,
        rules.remedy_zh, findings.verdict, findings.lowered_because
    from {DATABASE}.marts.fct_findings as findings
    left join {DATABASE}.marts.dim_reconciliation_rules as rules
        on findings.rule_code = rules.rule_code
    where findings.disclosure_id = $disclosure_id
        and ($severity::varchar is null or findings.severity = $severity)
    order by
        case findings.severity when 'error' then 1 when 'warning' then 2 else 3 end,
        abs(findings.amount_yuan) desc, findings.finding_id
    limit {MOST_ROWS}
"""
_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)

_Answer = TypeVar("_Answer")
_Function = Callable[..., dict[str, Any]]
_Tool = Callable[[_Function], _Function]

_STAGES = ENUMERATIONS[Kind.STAGE]


def tools(warehouse: Warehouse, memory: str = "") -> MCPServer:
    """Return the server over a warehouse, whose answers may take so much memory."""
    published = PublishedFile(warehouse.published, memory)
    server = MCPServer(
        "budget-warehouse",
        title="Published government budgets (政府预算公开数据)",
        instructions=_INSTRUCTIONS.strip(),
        log_level="WARNING",
    )
    tool = _registrar(server)
    _add_catalogue(tool, published)
    _add_query(tool, warehouse.published)
    _add_disclosures(tool, published)
    _add_findings(tool, published)
    return server


def _registrar(server: MCPServer) -> _Tool:
    """Return a decorator that makes a function a tool, described by its docstring."""

    def tool(function: _Function) -> _Function:
        description = inspect.getdoc(function)
        return server.tool(description=description, annotations=_READ_ONLY)(function)

    return tool


def _add_catalogue(tool: _Tool, published: PublishedFile) -> None:
    """Add the tools that list the marts and describe the columns of each."""

    @tool
    def list_marts() -> dict[str, Any]:
        """List the marts, views of reconciliations and reference lists that can be asked."""
        opened = _told(published.newest)
        return _named(opened) | {
            schema: [
                {"name": table.name, "label": table.label, "description": table.summary}
                for table in opened.catalogue.of(schema).values()
            ]
            for schema in SCHEMAS
        }

    @tool
    def describe_mart(name: str) -> dict[str, Any]:
        """Describe the columns of a mart: type, meaning, Chinese label, labels of its values."""

        def answer() -> dict[str, Any]:
            opened = published.newest()
            return _named(opened) | opened.catalogue.any_table(name).described

        return _told(answer)


def _add_query(tool: _Tool, file: Path) -> None:
    """Add the tool that answers one select."""

    @tool
    def query(statement: str, limit: int = _DEFAULT_ROWS) -> dict[str, Any]:
        """Answer one DuckDB select over the marts; no other statement is run.

        Marts need no schema in front of their names. At most 1,000 rows are returned; `is_cut` says
        that there are more. An answer takes at most 20 seconds.
        """

        def answer() -> dict[str, Any]:
            if not 1 <= limit <= MOST_ROWS:
                raise QuestionError(f"limit is {limit}: write a number from 1 to {MOST_ROWS}.")
            told = ask(file, statement, limit)
            return {
                "publication": told.publication,
                "columns": told.columns,
                "is_cut": told.is_cut,
                "rows": told.objects,
            }

        return _told(answer)


def _add_disclosures(tool: _Tool, published: PublishedFile) -> None:
    """Add the tool that finds disclosures."""

    @tool
    def find_disclosures(
        text: str = "", fiscal_year: int | None = None, stage: str | None = None
    ) -> dict[str, Any]:
        """Find disclosures by a part of a name, organization, region or document.

        `stage` is initial_budget (年初预算), adjusted_budget (调整预算) or final_accounts (决算).
        """

        def answer() -> dict[str, Any]:
            if stage is not None and stage not in _STAGES:
                raise UnknownNameError("stage called", stage, _STAGES)
            values = {"text": text, "fiscal_year": fiscal_year, "stage": stage}
            opened = published.newest()
            return _named(opened) | {"disclosures": opened.objects(_DISCLOSURES, values)}

        return _told(answer)


def _add_findings(tool: _Tool, published: PublishedFile) -> None:
    """Add the tool that lists the findings of a disclosure."""

    @tool
    def findings_of(disclosure_id: str, severity: str | None = None) -> dict[str, Any]:
        """Return what a disclosure does not agree on, the gravest first, with both sides.

        `stated` is what the document prints, `computed` what its other figures come to.
        """

        def answer() -> dict[str, Any]:
            opened = published.newest()
            names = [name for (name,) in opened.rows(_KNOWN_DISCLOSURES)]
            if disclosure_id not in names:
                raise UnknownNameError("disclosure called", disclosure_id, names)
            if severity is not None and severity not in SEVERITIES:
                raise UnknownNameError("severity called", severity, SEVERITIES)
            values = {"disclosure_id": disclosure_id, "severity": severity}
            return _named(opened) | {"findings": opened.objects(_FINDINGS, values)}

        return _told(answer)


def _told(answer: Callable[[], _Answer]) -> _Answer:
    """Return an answer, or tell the assistant why there is none."""
    try:
        return answer()
    except QuestionError as error:
        raise ToolError(str(error)) from error


def _named(opened: OpenedPublication) -> dict[str, Any]:
    return {"publication": opened.publication.named}
