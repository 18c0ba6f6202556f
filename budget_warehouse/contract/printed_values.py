"""The reading of a printed value: the dbt macros that say it, rendered outside of dbt.

Landing asks the very SQL that staging casts with, so that whatever it accepts can be cast.
"""

import unicodedata
from functools import cache
from typing import Any

from jinja2 import Environment

from budget_warehouse.storage.warehouse import DBT_PROJECT

_FILES = ("regular_expressions.sql", "printed_values.sql")


@cache
def definition() -> str:
    """Return the macros as written: where they change, what was read before is read again."""
    macros = DBT_PROJECT / "macros"
    return "\n".join((macros / name).read_text(encoding="utf-8") for name in _FILES)


def rendered(macro: str, *arguments: Any) -> str:
    """Return the SQL of a macro, for DuckDB."""
    return str(getattr(_macros(), macro)(*arguments)).strip()


def plain_text(value: str) -> str:
    """Return a value in narrow characters, each space a plain one, none at its ends."""
    return " ".join(value.translate(_forms()).split())


def comparable_name(name: str) -> str:
    """Return a name without spaces, in a spelling that staging could not tell further apart."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name.translate(_forms()))
    return "".join(name.split())


@cache
def _macros() -> Any:
    """Return the macros with what dbt gives them: `return`, and `adapter.dispatch` for DuckDB."""
    environment = Environment(extensions=["jinja2.ext.do"], autoescape=False)
    environment.globals |= {"return": lambda value: value, "adapter": _Adapter()}
    return environment.from_string(definition()).module


class _Adapter:
    def dispatch(self, macro: str) -> Any:
        names = (f"{adapter}__{macro}" for adapter in ("duckdb", "default"))
        return next(getattr(_macros(), name) for name in names if hasattr(_macros(), name))


@cache
def _forms() -> dict[int, int | None]:
    """Return the plain form of each character in another form, nothing for those nobody sees."""
    wide, narrow, invisible = (
        rendered(forms) for forms in ("wide_forms", "narrow_forms", "invisible_characters")
    )
    return str.maketrans(wide, narrow, invisible)
