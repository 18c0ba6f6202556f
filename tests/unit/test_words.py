"""One word per idea: what docs/style.md gave up does not return."""

import ast
import re
import subprocess

import pytest
from warehouses import REPOSITORY

# Banned words, as regular expressions, and the word to use instead.
INSTEAD = {
    r"peers?": "comparison_group",
    r"rules? (?:that )?(?:is|are|was|were) broken": "rule that fails",
    r"carr(?:y|ying|ies|ied) (?:it |them |rows |what )?over": "merge, or carryover of 上年结转",
    r"walk(?:s|ed|ing)?": "scan",
    r"portions?": "batch",
    r"companions?": "outputs",
    r"unruled|ruled": "stream, lattice",
    r"admission": "file_type",
    r"shel(?:f|ves)": "folder_store",
    r"by (?:itself|themselves|himself|herself)": "automatically, alone",
    r"anew": "again",
    r"besides": "also",
    r"of (?:its|their|his|her|our|your) own": "own: its own …",
}
# Names that others gave, and sentences that readers know.
ALLOWED = (
    r"\bast\.walk\b",
    r"\bPORTION\b",  # the setting
    r"in earlier years, 0\.00 carried over|something carried over",  # published texts
    r'"carrying over"',  # a step in recorded results
    r"\bbesides\s*[:=]|\bin besides\b|`besides`|, besides\)",  # a parameter of `note_input`
)
GIVEN_UP_NAMES = {"said", "found", "where"}  # of locals: a noun says what it is
# Openings that no docstring of a function has: it says what to do.
NO_VERBS = {
    *("A", "An", "The", "All", "Each", "Every", "Everything", "No", "One", "Some", "Something"),
    *("How", "What", "When", "Where", "Whether", "Which", "Who", "Whom", "Why"),
    *("It", "Its", "There", "This", "That", "Those", "For", "In", "On", "If"),
}
FIELDS = {"benchmarks/findings.py": {"found"}}  # a name in the recorded results
# Documents as printed, what tools write, and what names the words to give them up or to match them.
OTHERS = re.compile(
    r"seeds/(?!README)|.*\.(json|lock|pdf|docx|xlsx?|doc|png|svg)$|LICENSE|deploy/uv\.txt"
    r"|docs/style\.md|tests/documents/|tests/unit/test_words\.py|benchmarks/results/"
)
# Rooms that are being rewritten: their words are fixed with them.
LATER = (
    "budget_warehouse/contract/",
    "budget_warehouse/landing/",
    "budget_warehouse/reader/",
)
FILES = [
    name
    for name in subprocess.check_output(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, text=True, encoding="utf-8"
    ).split("\0")
    if name and not OTHERS.match(name) and (REPOSITORY / name).is_file()
]


def test_no_text_uses_a_word_that_was_given_up() -> None:
    words = re.compile("|".join(rf"(?:\b(?:{word})\b)" for word in INSTEAD), re.IGNORECASE)
    allowed = re.compile("|".join(ALLOWED))
    uses = [
        f"{name}:{number}: {use.group()}: say {_instead(use.group())}"
        for name in FILES
        for number, line in enumerate(_text(name).splitlines(), start=1)
        for use in words.finditer(allowed.sub("", line))
        if not (name.startswith(LATER) and use.group() == "of its own")
    ]
    assert uses == []


@pytest.mark.parametrize(
    "name", [name for name in FILES if name.endswith(".py") and not name.startswith(LATER)]
)
def test_no_local_is_named_by_a_verb(name: str) -> None:
    names = {
        node.id
        for node in ast.walk(ast.parse(_text(name)))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    } - FIELDS.get(name, set())
    assert names & GIVEN_UP_NAMES == set()


@pytest.mark.parametrize(
    "name",
    [name for name in FILES if re.match(r"(budget_warehouse|dagster_project)/.*\.py$", name)],
)
def test_docstrings_of_functions_are_imperative(name: str) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(_text(name)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not any("property" in ast.unparse(one) for one in node.decorator_list)
    ]
    first_words = {
        (ast.get_docstring(function) or "Say").split()[0].rstrip(",:;.") for function in functions
    }
    assert first_words & NO_VERBS == set()


def _instead(use: str) -> str:
    return next(
        instead for word, instead in INSTEAD.items() if re.fullmatch(word, use, re.IGNORECASE)
    )


def _text(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")
