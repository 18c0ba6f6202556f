"""The main job in this process: rebuild the warehouse and report on it.

Exit status: 0 published; 3 published, but some disclosures or documents were refused, or what goes
with the warehouse (explorer, files, PostgreSQL) could not be written; 1 nothing published. Where
nothing changed since the last publication, that one is confirmed.
"""

import contextlib
import io
import logging
import os
import sys
from typing import Any

from budget_warehouse.contract.reference_lists.check import UnsoundListsError
from budget_warehouse.engines import engine
from budget_warehouse.outputs.reports.summary import ignored
from budget_warehouse.storage.warehouse import Warehouse
from dagster_project.failures import failures
from dagster_project.records import records_of_one_process, remove_old_runs


def rebuild(is_strict: bool, is_full: bool) -> int:
    """Run the job `rebuild_warehouse`, print a summary and return the exit status."""
    logging.getLogger("dagster").setLevel(logging.ERROR)  # it warns of each check a night skips
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the errors of dbt say it again
            from dagster_project.definitions import defs
    except UnsoundListsError as error:  # before the first run dbt parses the project
        sys.stderr.write(f"Nothing was published.\n{error}\n")
        return 1
    asked = {
        "strict": is_strict,
        "full": is_full,
        "patient": False,
    }
    with contextlib.ExitStack() as opened:
        instance = None
        if os.environ.get("DAGSTER_HOME"):
            instance = opened.enter_context(records_of_one_process())
        opened.enter_context(contextlib.redirect_stdout(io.StringIO()))  # dbt's, which its log has
        result = defs.resolve_job_def("rebuild_warehouse").execute_in_process(
            raise_on_error=False,
            run_config={
                "resources": {"warehouse": {"config": asked}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
            instance=instance,
        )
        if instance:
            remove_old_runs(instance)
    warehouse = Warehouse.from_environment()
    # A step that never ran leaves the run successful: what counts is that something was published.
    confirmed = result.asset_observations_for_node("landing")
    published = result.asset_materializations_for_node("published__budget")
    failed = failures(result.all_events, warehouse)
    if not (published or confirmed):
        sys.stderr.write("\n".join(["Nothing was published.", *failed, ""]))
        return 1
    text, has_rejects = engine().summary(warehouse)
    (documents,) = result.asset_materializations_for_node("inbox__documents")
    refused: Any = documents.metadata["refused"].value
    lines = [f"Refused       {document}\n" for document in refused]
    left_in_inbox: Any = documents.metadata["left_aside"].value
    lines += [f"{line}\n" for line in ignored(warehouse, left_in_inbox)]
    lines += [f"Failed        {failure}\n" for failure in failed]
    if confirmed:
        lines.append("Unchanged     nothing to build; make build FULL=1 computes all again\n")
    sys.stdout.write(text + "".join(lines))
    return 3 if has_rejects or refused or failed else 0
