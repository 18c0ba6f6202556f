-- One row per disclosure, disclosure of another stage, node of the functional tree and nature.
with nodes as (
    select *
    from {{ ref('int_compared_nodes') }}
    where not is_same_stage
),

changes as (
    {{ compared_natures('nodes') }}
)

select
    changes.organization_id,
    changes.fiscal_year,
    changes.stage,
    changes.base_fiscal_year,
    changes.base_stage,
    changes.function_code,
    changes.level,
    changes.nature,
    changes.amount_yuan,
    changes.base_yuan,
    try_cast(changes.amount_yuan - changes.base_yuan as decimal(18, 2)) as change_yuan,
    {{ ratio('(changes.amount_yuan - changes.base_yuan)', 'changes.base_yuan') }} as change_ratio,
    {{ ratio(
        '(changes.amount_yuan - changes.base_yuan)',
        '(wholes.amount_yuan - wholes.base_yuan)'
    ) }} as contribution_ratio,
    {{ change_kind('changes.amount_yuan', 'changes.base_yuan') }} as change_kind,
    changes.is_mapped,
    changes.mapped_ratio,
    changes.disclosure_id,
    changes.base_disclosure_id,
    cast(true as boolean) as is_counted
from changes
inner join changes as wholes
    on
        changes.comparison_id = wholes.comparison_id
        and wholes.function_code = 'total'
        and wholes.nature = 'total'
