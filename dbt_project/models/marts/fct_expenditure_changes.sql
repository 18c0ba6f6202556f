-- One row per organization, stage, fiscal year, node of the functional tree and nature.
with nodes as (
    select *
    from {{ ref('int_compared_nodes') }}
    where is_same_stage
),

-- The prose stands for last year only where all of its statements say the same.
stated_bases as (
    select
        stated_bases.disclosure_id,
        max(stated_bases.is_disputed) as is_disputed,
        min(case when not stated_bases.is_disputed then stated_bases.last_year_amount_yuan end)
            as last_year_amount_yuan
    from {{ ref('fct_stated_bases') }} as stated_bases
    inner join {{ ref('int_untied_totals') }} as untied_totals
        on stated_bases.disclosure_id = untied_totals.disclosure_id
    where stated_bases.base_stage = stated_bases.stage and untied_totals.is_comparable
    group by stated_bases.disclosure_id
),

changes as (
    {{ compared_natures('nodes') }}
),

based_changes as (
    select
        changes.*,
        case
            when changes.base_disclosure_id is not null then changes.base_yuan
            else stated_bases.last_year_amount_yuan
        end as last_year_amount_yuan,
        case
            when changes.base_disclosure_id is not null then 'published'
            when stated_bases.disclosure_id is not null then 'stated'
            else 'none'
        end as basis,
        coalesce(stated_bases.is_disputed, false) as is_disputed
    from changes
    left join stated_bases
        on
            changes.disclosure_id = stated_bases.disclosure_id
            and changes.base_disclosure_id is null
            and changes.function_code = 'total'
            and changes.nature = 'total'
)

select
    changes.organization_id,
    changes.stage,
    changes.fiscal_year,
    changes.function_code,
    changes.level,
    changes.nature,
    changes.amount_yuan,
    changes.last_year_amount_yuan,
    try_cast(changes.amount_yuan - changes.last_year_amount_yuan as decimal(18, 2)) as change_yuan,
    {{ ratio(
        '(changes.amount_yuan - changes.last_year_amount_yuan)',
        'changes.last_year_amount_yuan'
    ) }} as change_ratio,
    {{ ratio(
        '(changes.amount_yuan - changes.last_year_amount_yuan)',
        '(wholes.amount_yuan - wholes.last_year_amount_yuan)'
    ) }} as contribution_ratio,
    {{ change_kind('changes.amount_yuan', 'changes.last_year_amount_yuan') }} as change_kind,
    changes.basis,
    changes.is_disputed,
    changes.is_mapped,
    changes.mapped_ratio,
    changes.disclosure_id,
    changes.base_disclosure_id as last_year_disclosure_id,
    cast(true as boolean) as is_counted
from based_changes as changes
left join based_changes as wholes
    on
        changes.comparison_id = wholes.comparison_id
        and wholes.function_code = 'total'
        and wholes.nature = 'total'
