"""Purposes that the prose gives its accounts, and reasons that it gives for its expenses."""

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
_SENTENCE = re.compile(r"[^。；;]+")
_EXPENSE = re.compile(
    r"会议费|培训费|公务接待费|因公出国[（(]境[）)]费|公务用?车购置费|公务用?车运行(?:维护)?费|机关运行经费"
)
_REASON = re.compile(r"原因(?:是|为|：|:)*(?P<reason>[^。；;]{6,})")


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


def read_reasons(prose: Sequence[Paragraph]) -> Statements:
    """Return the reasons that the prose gives for the expenses that it names, each in `note`."""
    statements = Statements()
    for paragraph in prose:
        for sentence in _SENTENCE.finditer(squeezed(paragraph.text)):
            reason = _REASON.search(sentence.group())
            named = _EXPENSE.findall(sentence.group()[: reason.start()]) if reason else []
            if reason and len(set(named)) == 1:
                row = {
                    "subject": "reason",
                    "value": reason["reason"][:_LENGTH],
                    "note": named[0],
                }
                statements.add(paragraph, row)
    return statements
