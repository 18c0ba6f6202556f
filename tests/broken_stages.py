"""A clone of the code in which each stage of the build breaks over one disclosure."""

import shutil
from pathlib import Path

from warehouses import REPOSITORY

# Each stage breaks over the disclosure of its name, and over no other. A model, a test or a page is
# changed in a clone of the code: (file, text that stands there, text in its place).
FAULTS = {
    "cast": (
        "dbt_project/models/staging/stg_statements.sql",
        "    {{ text_or_null('subject') }} as subject,\n",
        "    {{ text_or_null('subject') }} as subject,\n    case when disclosure_id = 'cast'"
        " then cast(disclosure_id as integer) end as number,\n",
    ),
    "contract": (
        "dbt_project/models/marts/fct_published_tables.sql",
        "    tables.table_name,\n",
        "    case when tables.disclosure_id <> 'contract'"
        " then tables.table_name end as table_name,\n",
    ),
    "grain-test": (
        "dbt_project/models/staging/stg_performance_targets.sql",
        "    {{ whole_number('row_number') }} as row_number,\n",
        "    case when disclosure_id = 'grain-test' then 1"
        " else {{ whole_number('row_number') }} end as row_number,\n",
    ),
    "guard": (
        "dbt_project/models/marts/fct_three_public_expenses.sql",
        "\nwhere\n",
        "\nwhere\n    amounts.disclosure_id <> 'guard' and\n",
    ),
    "judge": (
        "budget_warehouse/validation/judge.py",
        "    return judge_rows(rows, reports, places)\n",
        "        names = connection.execute('select disclosure_id from marts.dim_disclosures')\n"
        "        if ('judge',) in names.fetchall():\n            raise ValueError('judge')\n"
        "    return judge_rows(rows, reports, places)\n",
    ),
    "report-page": (
        "budget_warehouse/outputs/reports/audit_page.py",
        "        yield (\n            disclosure_id,\n",
        "        if disclosure_id == 'report-page':\n            raise KeyError('page')\n"
        "        yield (\n            disclosure_id,\n",
    ),
    "explorer": (
        "budget_warehouse/outputs/explorer/site.py",
        "        for name, disclosure in disclosures:\n",
        "        for name, disclosure in disclosures:\n"
        "            if name == 'explorer':\n                raise ValueError(name)\n",
    ),
    "files": (
        "budget_warehouse/outputs/files/exports.py",
        "        marts = read_marts(connection)\n",
        "        marts = read_marts(connection)\n"
        '        connection.execute("select cast(disclosure_id as integer)"\n'
        "            \" from marts.dim_disclosures where disclosure_id = 'files'\").fetchall()\n",
    ),
}
UNNAMED_TEST = "unnamed-test"


def cloned(folder: Path) -> Path:
    """Return a clone of the code, to break."""
    for name in ("budget_warehouse", "dagster_project", "dbt_project", "seeds/reference"):
        left = shutil.ignore_patterns("target", "logs", "__pycache__")
        shutil.copytree(REPOSITORY / name, folder / name, ignore=left)
    return folder


def inject(clone: Path, *stages: str) -> None:
    """Break some stages of a clone, or all."""
    for stage in stages or FAULTS:
        file, sound, broken = FAULTS[stage]
        text = (clone / file).read_text(encoding="utf-8")
        assert sound in text, file
        (clone / file).write_text(text.replace(sound, broken, 1), encoding="utf-8")
    if stages:
        return
    (clone / "dbt_project" / "tests" / "no_such_name.sql").write_text(
        "-- A test whose rows name no disclosure.\n"
        "select organization_name from {{ ref('dim_organizations') }}\n"
        f"where organization_name = '{UNNAMED_TEST}'\n",
        encoding="utf-8",
    )
