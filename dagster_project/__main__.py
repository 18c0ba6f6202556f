"""The main job from the command line: rebuild the warehouse in this process and report on it.

Exit status: 0 published; 3 published, but some disclosures or documents were refused, or the files
or the PostgreSQL database could not be written; 1 nothing published. Where nothing changed since
the last publication, that one is confirmed.
"""

import argparse
import contextlib
import io
import logging
import os
import sys
from typing import Any

import dagster as dg


def main() -> int:
    """Run the job `rebuild_warehouse` and print a summary."""
    parser = argparse.ArgumentParser(prog="python -m dagster_project", description=__doc__)
    parser.add_argument(
        "--strict",
        action="store_true",
        default=os.environ.get("STRICT") == "1",
        help="publish nothing over a new finding of severity error",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        default=os.environ.get("FULL") == "1",
        help="compute everything anew, changed or not",
    )
    arguments = parser.parse_args()

    logging.getLogger("dagster").setLevel(logging.ERROR)  # it warns of each check a night skips

    from dagster_project.definitions import defs
    from dagster_project.summary import failures, summary
    from dagster_project.warehouse import Warehouse

    with contextlib.redirect_stdout(io.StringIO()):  # dbt's own lines; they are in its log
        result = defs.resolve_job_def("rebuild_warehouse").execute_in_process(
            raise_on_error=False,
            run_config={
                "resources": {"warehouse": {"config": vars(arguments)}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
            instance=dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else None,
        )
    where = Warehouse.from_environment()
    # A step that never ran leaves the run successful: what counts is that something was published.
    failed = list(failures(result, where))
    confirmed = result.asset_observations_for_node("landing")
    published = result.asset_materializations_for_node("published__budget")
    if not (published or (result.success and confirmed)):
        sys.stderr.write("Nothing was published.\n" + "\n".join(failed) + "\n")
        return 1
    text, has_rejects = summary(where)
    (documents,) = result.asset_materializations_for_node("inbox__documents")
    refused: Any = documents.metadata["refused"].value
    if confirmed:
        text += "Unchanged     nothing to build since then; make build FULL=1 computes all anew\n"
    sys.stdout.write(text + "".join(f"Refused       {document}\n" for document in refused))
    sys.stdout.write("".join(f"Failed        {failure}\n" for failure in failed))
    return 3 if has_rejects or refused or failed else 0


if __name__ == "__main__":
    sys.exit(main())
