"""Places of the prose that nobody filled in: both directions, no reason, crosses for figures."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_MORE, _LESS = "增加|增长|上升|提高", "减少|下降|降低|压缩"
_SENTENCE = re.compile(r"[^。；;]*[。；;]|[^。；;]+$")
_PLACEHOLDERS = re.compile(
    "|".join(
        (
            rf"(?:{_MORE})[（(/／](?:{_LESS})[)）]?",
            rf"(?:{_LESS})[（(/／](?:{_MORE})[)）]?",
            r"大小于|小大于|(?:减少?增[加长]|增[加长]?减少?|升下降|降上升)(?=\d)",
            r"占[%％]|(?:增加|增长|减少|下降|降低)(?:[%％]|万元)",
            r"原因(?:是|为|：|:)+(?=[。；;])",
            r"(?<![A-Za-z])[Xx×＊*○〇]{2,}(?=年|月|万?元|%|％|个|辆|台|人|项|部门|单位|局|委|厅|项目)",
            r"[（(](?:请|如有|如无|按|根据)?[^（）()。]{0,40}(?:填写|填列|填报|不涉及的不列|自行删除|可删除)[^（）()。]{0,10}[)）]",
            r"[（(]请(?:核实|核对|确认)",
            r"原因(?:是|为|：|:)*[（(](?:请|需)?(?:简要|具体)?说明[^（）()]{0,40}[)）]",
        )
    )
)
_LENGTH = 200


def read_placeholders(prose: Sequence[Paragraph]) -> Statements:
    """Return each sentence with a placeholder, and the placeholder in `note`."""
    statements = Statements()
    for paragraph in prose:
        for sentence in _SENTENCE.finditer(squeezed(paragraph.text)):
            found = _PLACEHOLDERS.search(sentence.group())
            if found:
                row = {
                    "subject": "placeholder",
                    "value": sentence.group()[:_LENGTH],
                    "note": found.group(),
                }
                statements.add(paragraph, row)
    return statements
