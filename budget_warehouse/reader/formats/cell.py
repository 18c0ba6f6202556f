"""A cell of a table: the lines that its text is printed over are one value."""

from collections.abc import Iterable


def one_value(lines: Iterable[str]) -> str:
    """Return the lines joined, with a space only where words or numbers would run together."""
    value = ""
    for line in lines:
        line = line.strip()
        ends, begins = value[-1:], line[:1]
        is_run = ends.isascii() and ends.isalnum() and begins.isascii() and begins.isalnum()
        value += f" {line}" if is_run else line
    return value


def struck_through(text: str) -> str:
    """Return the sentence about a text that is struck through and was left out."""
    return f"“{text}” is struck through and was left out: check what stands in its place"
