"""Self-evaluations that the prose counts: projects, and projects of each grade."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_OF_GRADE = re.compile(
    r"评级为[“\"]?(?P<note>[^“”\"，,。；;的\d]{1,6})[”\"]?的项目(?P<value>\d+)(?P<unit>个)"
)
_EVALUATED = re.compile(
    r"绩效自评的(?:\d{4}年度?)?项目共?(?P<value>\d+)(?P<unit>个)(?=[，,。；;])(?P<rest>[^。]*)"
)


def read_self_evaluations(prose: Sequence[Paragraph]) -> Statements:
    """Return how many projects were evaluated, each count followed by those of its grades."""
    statements = Statements()
    for paragraph in prose:
        for found in _EVALUATED.finditer(squeezed(paragraph.text)):
            count = {"value": found["value"], "unit": found["unit"]}
            statements.add(paragraph, {"subject": "self_evaluated_projects"} | count)
            for grade in _OF_GRADE.finditer(found["rest"]):
                row = {"subject": "projects_of_grade"} | grade.groupdict()
                statements.add(paragraph, row)
    return statements
