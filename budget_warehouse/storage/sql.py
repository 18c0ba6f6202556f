"""Texts inside SQL, where a statement takes no parameter: names of files, comments."""


def literal(text: object) -> str:
    """Return a text as SQL, in DuckDB and in PostgreSQL."""
    return "'" + str(text).replace("'", "''") + "'"
