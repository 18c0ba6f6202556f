"""Brings Superset up: its own database, the account, the definitions of this folder, the server."""

import logging
import os
import secrets
import sys
from pathlib import Path

from flask_migrate import upgrade
from superset.app import create_app

DEFINITIONS = Path(__file__).parent / "definitions"
DASHBOARD = "budget"


def prepare() -> str | None:
    """Bring Superset's own database up to date; the new account's password, at the first start."""
    from superset import appbuilder, db, security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.connectors.sqla.models import SqlaTable
    from superset.utils.core import override_user

    upgrade()
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    password = None
    if not security_manager.find_user("admin"):
        password = secrets.token_urlsafe(12)
        security_manager.add_user(
            "admin", "管理员", "", "admin@localhost", security_manager.find_role("Admin"), password
        )
    files = (file for file in DEFINITIONS.rglob("*.yaml"))
    contents = {str(file.relative_to(DEFINITIONS)): file.read_text() for file in files}
    with override_user(security_manager.find_user("admin")):
        ImportAssetsCommand(contents).run()
    grants = [("datasource_access", dataset.perm) for dataset in db.session.query(SqlaTable).all()]
    for grant in [*grants, ("can_language_pack", "Superset")]:
        security_manager.add_permission_role(
            security_manager.find_role("Public"), security_manager.add_permission_view_menu(*grant)
        )
    return password


def main(port: str) -> None:
    """Prepare, say where to look, and become the server."""
    logging.disable(logging.WARNING)
    with create_app().app_context():
        password = prepare()
    print(f"Superset    http://127.0.0.1:{port}/superset/dashboard/{DASHBOARD}/", flush=True)
    if password:
        print(f"Account     admin, password {password} (not shown again)", flush=True)
    gunicorn = Path(sys.executable).with_name("gunicorn")
    os.execv(
        gunicorn,
        [
            str(gunicorn),
            f"--bind=127.0.0.1:{port}",
            "--workers=4",
            "--preload",
            "--timeout=120",
            "--log-level=warning",
            "superset.app:create_app()",
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1])
