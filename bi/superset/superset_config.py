"""Superset for one reader's desk: the published warehouse and nothing else, read-only, in Chinese."""

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
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    return file.read_text()


def DB_CONNECTION_MUTATOR(  # noqa: N802
    uri: URL, params: dict[str, Any], *_: Any
) -> tuple[URL, dict[str, Any]]:
    """Open the published warehouse, read-only and locked in, whatever a database's form says.

    Each query opens the file anew and closes it, so that it reads the last publication. DuckDB
    keeps a file open for a whole process while any connection to it is: one thread a process.
    """
    locks = {"access_mode": "read_only", "enable_external_access": "false"}
    locked = URL.create("duckdb", database=str(PUBLISHED), query=locks | {"lock_configuration": "true"})
    return locked, {"poolclass": NullPool}


def DB_SQLA_URI_VALIDATOR(uri: URL) -> None:  # noqa: N802
    """Refuse other databases, since every connection leads to the published warehouse."""
    if uri.drivername != "duckdb" or uri.database != PUBLISHED.name:
        raise ValueError(f"This Superset reads the published warehouse only: duckdb:///{PUBLISHED.name}")


SECRET_KEY = _secret_key()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}"

BABEL_DEFAULT_LOCALE = "zh"
LANGUAGES = {"zh": {"flag": "cn", "name": "简体中文"}}
APP_NAME = "预算数据仓库"

PUBLIC_ROLE_LIKE = "Public"  # whoever reaches 127.0.0.1 may look, what is shown being published anyway

# Superset's page counts its users by a picture at scarf.sh; the browser loads nothing from outside.
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
