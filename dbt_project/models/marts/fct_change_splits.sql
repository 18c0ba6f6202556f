-- One row per organization, stage, fiscal year and node of the functional tree.
{{ config(materialized='view') }}
select
    organization_id,
    stage,
    fiscal_year,
    function_code,
    level,
    max(case nature when 'total' then change_yuan end) as change_yuan,
    max(case nature when 'basic' then change_yuan end) as change_basic_yuan,
    max(case nature when 'project' then change_yuan end) as change_project_yuan,
    {{ ratio(
        "max(case nature when 'basic' then change_yuan end)",
        "max(case nature when 'total' then change_yuan end)"
    ) }} as change_basic_ratio,
    disclosure_id,
    is_counted
from {{ ref('fct_expenditure_changes') }}
where basis = 'published'
group by all
