-- One row per disclosure, unit, project and source.
{{ item_amounts(
    'projects',
    {
        'project_name': 'coalesce(printed_rows.project_name, printed_rows.account_name)',
        'project_code': 'printed_rows.project_code',
        'project_kind': 'printed_rows.project_kind',
    },
    named='project_name'
) }}
