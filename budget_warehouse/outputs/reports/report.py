"""The validation report: the judge's pages, a page per disclosure, and the front page."""

from collections.abc import Collection

from budget_warehouse.outputs.printed_pages.printed_pages import PageSource
from budget_warehouse.outputs.reports.audit_page import write_audit_pages
from budget_warehouse.outputs.reports.data_docs import make_readable_offline
from budget_warehouse.outputs.reports.front_page import write_front_page
from budget_warehouse.outputs.selection import select_most_pressing, selected
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import Judgement, failed_places, sound


def write_report(warehouse: Warehouse, changed: Collection[str] | None = None) -> list[Judgement]:
    """Judge the warehouse being built and write its report; what the judge says is returned.

    Where `changed` says of which disclosures anything changed since the report that stands, only
    their pages are written again.

    Raises:
        JudgeError: Great Expectations raised an error over what it was to judge.
    """
    from budget_warehouse.validation.judge import judge  # Great Expectations: four seconds

    judgements = sound(judge(warehouse.build, warehouse.next_reports))
    with open_database(warehouse.build, read_only=True) as connection:
        select_most_pressing(connection)
        pages = set(selected(connection))
        make_readable_offline(warehouse.next_reports, failed_places(judgements), pages)
        write_audit_pages(
            connection,
            warehouse.next_reports,
            changed,
            warehouse.reports,
            PageSource.of(warehouse),
        )
        write_front_page(connection, warehouse.next_reports)
    return judgements
