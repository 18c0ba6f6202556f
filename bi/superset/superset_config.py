"""Superset for a reader's desk: the published warehouse and nothing else, read-only, in Chinese."""

import logging
import os
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy.engine.url import URL
from sqlalchemy.pool import NullPool

HOME = Path(os.environ["SUPERSET_HOME"])
PUBLISHED = Path(os.environ["WAREHOUSE"]) / "budget.duckdb"


def _secret_key() -> str:
    """The key that signs sessions, made up at the first start and readable by its owner only."""
    file = HOME / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_text(encoding="ascii")


def DB_CONNECTION_MUTATOR(
    uri: URL, params: dict[str, Any], *context: Any
) -> tuple[URL, dict[str, Any]]:
    """Open the published warehouse, read-only and locked in, whatever a database's form says.

    Every query opens the file again and closes it, and so reads the last publication. That needs
    one thread a process, since DuckDB shares an open file among the connections of a process.
    """
    locks = {
        "access_mode": "read_only",
        "enable_external_access": "false",
        "lock_configuration": "true",
    }
    return URL.create("duckdb", database=str(PUBLISHED), query=locks), {"poolclass": NullPool}


def DB_SQLA_URI_VALIDATOR(uri: URL) -> None:
    """Refuse any other database, since every connection leads to the published warehouse."""
    if (uri.drivername, uri.database) != ("duckdb", PUBLISHED.name):
        raise ValueError(f"Only the published warehouse can be read: duckdb:///{PUBLISHED.name}")


SECRET_KEY = _secret_key()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}"
LOG_LEVEL = logging.ERROR
ALEMBIC_SKIP_LOG_CONFIG = True  # hundreds of lines at the first start otherwise

BABEL_DEFAULT_LOCALE = "zh"
LANGUAGES = {"zh": {"flag": "cn", "name": "简体中文"}}

# Superset writes dark labels on colours, and some that it brings are navy. Dark text can be read on
# each of these, also in the paler and brighter forms of the tree map, and each differs from white.
EXTRA_CATEGORICAL_COLOR_SCHEMES = [
    {
        "id": "budget",
        "label": "预算",
        "description": "各色上的深色文字均清晰可读",
        "isDefault": True,
        "colors": [
            "#4e8ebc",
            "#b97c46",
            "#3b9b5b",
            "#a074dc",
            "#d7607e",
            "#9b883b",
            "#3a9894",
            "#d454bf",
            "#69983a",
            "#7881dd",
        ],
    }
]

PUBLIC_ROLE_LIKE = "Public"  # who reaches 127.0.0.1 may look: all that is shown is published

# Every page of Superset asks for a picture at scarf.sh, by which its makers count users. There is
# no switch for it: the browser is told to load nothing from elsewhere.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
