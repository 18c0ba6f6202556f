"""Purposes that the prose gives its accounts: what each is mainly used for."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_ACCOUNT = re.compile(
    r"[“\"](?P<quoted>[^“”\"]{2,90})[”\"](?:科目|(?<=[（(]项[）)].))"
    r"|(?P<path>[^“”。，,；;：:\d]{2,80}[（(]项[）)])"
    r"|(?P<coded>[^“”。，,；;：:、.．\d（()）]{2,40})[（(]2\d{6}[）)]"
)
_PURPOSE = re.compile(r"(?:主要|专项|全部)?用于[：:]?(?P<purpose>[^。；;]{4,})")
_LENGTH = 200


def read_purposes(prose: Sequence[Paragraph]) -> Statements:
    """Return what each account's paragraph says it is used for, with the account in `note`.

    A paragraph that names several accounts says of none alone what it is used for.
    """
    statements = Statements()
    for paragraph in prose:
        text = squeezed(paragraph.text)
        accounts = [
            found["quoted"] or found["path"] or found["coded"] for found in _ACCOUNT.finditer(text)
        ]
        purpose = _PURPOSE.search(text)
        if purpose and len(set(accounts)) == 1:
            row = {
                "subject": "purpose",
                "value": purpose["purpose"][:_LENGTH],
                "note": accounts[0].lstrip("、.．）)"),
            }
            statements.add(paragraph, row)
    return statements
