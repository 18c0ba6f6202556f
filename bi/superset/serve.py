"""Brings Superset up: its database, the account, the definitions beside this file, the server."""

import contextlib
import io
import os
import secrets
import socket
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
DEFINITIONS = FOLDER / "definitions"


def prepare() -> None:
    """Bring roles, the account and what this folder defines into Superset's own database."""
    from superset import appbuilder, db, security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.connectors.sqla.models import SqlaTable
    from superset.utils.core import override_user

    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    if not security_manager.find_user("admin"):
        password = secrets.token_urlsafe(12)
        role = security_manager.find_role("Admin")
        security_manager.add_user("admin", "管理员", "", "admin@localhost", role, password)
        print(f"Account     admin, password {password} (said this once)", flush=True)
    files = {str(file.relative_to(DEFINITIONS)): file for file in DEFINITIONS.rglob("*.yaml")}
    with override_user(security_manager.find_user("admin")):
        ImportAssetsCommand({name: file.read_text("utf-8") for name, file in files.items()}).run()
    seen = [("datasource_access", dataset.perm) for dataset in db.session.query(SqlaTable).all()]
    for permission in [*seen, ("can_language_pack", "Superset")]:
        security_manager.add_permission_role(
            security_manager.find_role("Public"),
            security_manager.add_permission_view_menu(*permission),
        )


def main(port: int) -> None:
    """Prepare, say where to look, and become the server."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Port {port} is taken: make superset PORT=another")
    os.umask(0o077)
    os.environ["SUPERSET_CONFIG_PATH"] = str(FOLDER / "superset_config.py")
    with contextlib.redirect_stdout(io.StringIO()):  # the migrations print as they go
        from flask_migrate import upgrade
        from superset.app import create_app

        app = create_app()
        with app.app_context():
            upgrade()
    with app.app_context():
        prepare()
    print(f"Superset    http://127.0.0.1:{port}/superset/dashboard/budget/", flush=True)
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    options = ["--workers=4", "--preload", "--timeout=120", "--log-level=warning"]
    os.execv(
        gunicorn, [gunicorn, f"--bind=127.0.0.1:{port}", *options, "superset.app:create_app()"]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
