"""Passages of the prose that rules hold against the tables and against each other."""

from collections.abc import Iterator, Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.account_lists import read_account_lists
from budget_warehouse.reader.parsing.change_reasons import read_change_reasons
from budget_warehouse.reader.parsing.divisions import read_divisions
from budget_warehouse.reader.parsing.notices import read_withheld_tables
from budget_warehouse.reader.parsing.placeholders import read_placeholders
from budget_warehouse.reader.parsing.purposes import read_purposes, read_reasons
from budget_warehouse.reader.parsing.self_evaluations import read_self_evaluations
from budget_warehouse.reader.parsing.shares import read_shares
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.vehicles import read_planned_vehicles


def read_passages(
    prose: Sequence[Paragraph], whole_prose: Sequence[Paragraph], is_final: bool
) -> Iterator[Statements]:
    """Yield the statements of each kind of passage, in reading order.

    A list of accounts is whole only where a page break did not cut it: `whole_prose` has no breaks.
    Final accounts state the vehicles that were bought, not those that are planned.
    """
    yield read_account_lists(whole_prose)
    yield read_shares(prose)
    yield read_placeholders(prose)
    yield read_purposes(prose)
    if not is_final:
        yield read_planned_vehicles(prose)
    yield read_reasons(prose)
    yield read_divisions(whole_prose)
    yield read_change_reasons(whole_prose)
    yield read_withheld_tables(prose)
    if is_final:
        yield read_self_evaluations(whole_prose)
