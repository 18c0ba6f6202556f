-- One row per disclosure, budget or final accounts it is compared with, and node of the functional
-- tree and nature, or expense.
with nodes as (
    select *
    from {{ ref('int_compared_nodes') }}
    where not is_same_stage
),

node_changes as (
    {{ compared_natures('nodes') }}
),

changes as (
    select
        changes.organization_id,
        changes.fiscal_year,
        changes.stage,
        changes.base_fiscal_year,
        changes.base_stage,
        changes.function_code,
        changes.level,
        changes.nature,
        cast(null as string) as expense,
        changes.amount_yuan,
        changes.base_yuan,
        {{ ratio(
            '(changes.amount_yuan - changes.base_yuan)',
            '(wholes.amount_yuan - wholes.base_yuan)'
        ) }} as contribution_ratio,
        case when changes.base_yuan is null then 'none' else 'published' end as basis,
        changes.is_mapped,
        changes.mapped_ratio,
        changes.disclosure_id,
        changes.base_disclosure_id
    from node_changes as changes
    inner join node_changes as wholes
        on
            changes.comparison_id = wholes.comparison_id
            and wholes.function_code = 'total'
            and wholes.nature = 'total'
    union all
    select
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        cast(null as string) as function_code,
        cast(null as string) as level,
        cast(null as string) as nature,
        expense,
        amount_yuan,
        base_yuan,
        cast(null as decimal(18, 6)) as contribution_ratio,
        case when base_yuan is null then 'none' else 'published' end as basis,
        cast(true as boolean) as is_mapped,
        cast(null as decimal(18, 6)) as mapped_ratio,
        disclosure_id,
        base_disclosure_id
    from {{ ref('int_compared_expenses') }}
    union all
    select
        disclosures.organization_id,
        disclosures.fiscal_year,
        disclosures.stage,
        disclosures.fiscal_year as base_fiscal_year,
        bases.base_stage,
        bases.function_code,
        bases.level,
        bases.nature,
        bases.expense,
        bases.amount_yuan,
        bases.base_yuan,
        cast(null as decimal(18, 6)) as contribution_ratio,
        'printed' as basis,
        cast(true as boolean) as is_mapped,
        cast(null as decimal(18, 6)) as mapped_ratio,
        bases.disclosure_id,
        bases.disclosure_id as base_disclosure_id
    from {{ ref('int_printed_bases') }} as bases
    inner join {{ ref('int_disclosures') }} as disclosures
        on bases.disclosure_id = disclosures.disclosure_id
    where disclosures.is_counted
)

select
    organization_id,
    fiscal_year,
    stage,
    base_fiscal_year,
    base_stage,
    function_code,
    level,
    nature,
    expense,
    amount_yuan,
    base_yuan,
    try_cast(amount_yuan - base_yuan as decimal(18, 2)) as change_yuan,
    {{ ratio('(amount_yuan - base_yuan)', 'base_yuan') }} as change_ratio,
    case
        when stage = 'final_accounts' and base_fiscal_year = fiscal_year
            then {{ ratio('amount_yuan', 'base_yuan') }}
    end as execution_ratio,
    contribution_ratio,
    {{ change_kind('amount_yuan', 'base_yuan') }} as change_kind,
    basis,
    is_mapped,
    mapped_ratio,
    disclosure_id,
    base_disclosure_id,
    cast(true as boolean) as is_counted
from changes
