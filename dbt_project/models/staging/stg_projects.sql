-- One row per project form (财政项目支出绩效目标填报表).
select
    disclosure_id,
    {{ whole_number('row_number') }} as row_number,
    {{ whole_number('fiscal_year') }} as fiscal_year,
    {{ text_or_null('project_name') }} as project_name,
    {{ text_or_null('project_kind') }} as project_kind,
    {{ text_or_null('supervising_organization_name') }} as supervising_organization_name,
    {{ text_or_null('implementing_organization_name') }} as implementing_organization_name,
    {{ printed_date('starts_on') }} as starts_on,
    {{ printed_date('ends_on') }} as ends_on,
    {{ amount_columns([
        'total',
        'fiscal_funds',
        'other_funds',
        'annual_total',
        'annual_fiscal',
        'annual_carryover',
        'annual_other',
        'initial_budget',
        'adjusted_budget',
        'executed',
    ]) }}
    {{ text_or_null('score') }} as score,
    {{ word('unit') }} as unit,
    {{ text_or_null('note') }} as note,
    {{ text_or_null('source_ref') }} as source_ref
from {{ source('landing', 'projects') }}
where {{ is_affected() }}
