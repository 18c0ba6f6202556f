"""Vehicles that the prose of a budget plans to buy."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_COUNT = r"(?P<value>\d+|零)(?P<unit>辆)"
_PLANNED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("vehicles_to_be_bought", re.compile(rf"(?:安排|计划)购置车辆{_COUNT}")),
    (
        "service_vehicles_to_be_bought",
        re.compile(
            rf"(?:安排|计划|拟)(?:新增|新购|更新)?(?:购置|配置|配备|采购)(?:公务用?车|公车){_COUNT}"
        ),
    ),
    ("service_vehicles_to_be_bought", re.compile(rf"批准购置的{_COUNT}公务用?车")),
)


def read_planned_vehicles(prose: Sequence[Paragraph]) -> Statements:
    """Return how many vehicles of any kind, and of those for official use, are to be bought."""
    statements = Statements()
    for paragraph in prose:
        text = squeezed(paragraph.text)
        for subject, pattern in _PLANNED:
            for found in pattern.finditer(text):
                row = {"subject": subject, "value": found["value"], "unit": found["unit"]}
                statements.add(paragraph, row)
    return statements
