-- One row per organization, stage, fiscal year, node of the functional tree and nature.
with counted_disclosures as (
    select
        disclosure_id,
        organization_id,
        stage,
        scope,
        fiscal_year
    from {{ ref('int_disclosures') }}
    where is_counted
),

nodes as (
    select
        disclosure_id,
        function_code,
        level,
        nature,
        amount_yuan
    from {{ ref('int_expenditure_nodes') }}
    union all
    select
        disclosure_id,
        function_code,
        level,
        'total' as nature,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
    from {{ ref('int_expenditure_nodes') }}
    group by all
),

-- Joined on the year before, never on the row before: a missing year must give no comparison.
pairs as (
    select
        this_year.disclosure_id,
        last_year.disclosure_id as last_year_disclosure_id,
        this_year.organization_id,
        this_year.stage,
        this_year.fiscal_year
    from counted_disclosures as this_year
    left join counted_disclosures as last_year
        on
            this_year.organization_id = last_year.organization_id
            and this_year.stage = last_year.stage
            and this_year.scope = last_year.scope
            and this_year.fiscal_year = last_year.fiscal_year + 1
),

this_year_nodes as (
    select
        pairs.*,
        nodes.function_code,
        nodes.level,
        nodes.nature,
        nodes.amount_yuan
    from pairs
    inner join nodes
        on pairs.disclosure_id = nodes.disclosure_id
),

last_year_nodes as (
    select
        pairs.*,
        nodes.function_code,
        nodes.level,
        nodes.nature,
        nodes.amount_yuan
    from pairs
    inner join nodes
        on pairs.last_year_disclosure_id = nodes.disclosure_id
),

compared_nodes as (
    select
        coalesce(this_year.disclosure_id, last_year.disclosure_id) as disclosure_id,
        coalesce(this_year.last_year_disclosure_id, last_year.last_year_disclosure_id)
            as last_year_disclosure_id,
        coalesce(this_year.organization_id, last_year.organization_id) as organization_id,
        coalesce(this_year.stage, last_year.stage) as stage,
        coalesce(this_year.fiscal_year, last_year.fiscal_year) as fiscal_year,
        coalesce(this_year.function_code, last_year.function_code) as function_code,
        coalesce(this_year.level, last_year.level) as level,
        coalesce(this_year.nature, last_year.nature) as nature,
        coalesce(this_year.amount_yuan, 0) as amount_yuan,
        last_year.amount_yuan as last_year_node_yuan
    from this_year_nodes as this_year
    full join last_year_nodes as last_year
        on
            this_year.disclosure_id = last_year.disclosure_id
            and this_year.function_code = last_year.function_code
            and this_year.nature = last_year.nature
),

-- What the prose says of last year's total counts as stated only where all of it says the same.
stated_bases as (
    select
        claims.disclosure_id,
        min(claims.amount_yuan - claims.signed_change_yuan) as last_year_amount_yuan
    from (
        select
            disclosure_id,
            amount_yuan,
            case direction
                when 'increase' then change_yuan
                when 'decrease' then -change_yuan
                when 'unchanged' then 0
            end as signed_change_yuan
        from {{ ref('fct_narrative_claims') }}
        where
            measure in ('total_expenditure', 'fiscal_appropriation_expenditure')
            and base_year = fiscal_year - 1
            and coalesce(base_stage, stage) = stage
    ) as claims
    where claims.signed_change_yuan is not null and claims.amount_yuan is not null
    group by all
    having
        min(claims.signed_change_yuan) = max(claims.signed_change_yuan)
        and min(claims.amount_yuan) = max(claims.amount_yuan)
),

changes as (
    select
        compared_nodes.*,
        case
            when compared_nodes.last_year_disclosure_id is not null
                then coalesce(compared_nodes.last_year_node_yuan, 0)
            when compared_nodes.function_code = 'total' and compared_nodes.nature = 'total'
                then stated_bases.last_year_amount_yuan
        end as last_year_amount_yuan,
        case
            when compared_nodes.last_year_disclosure_id is not null then 'published'
            when
                compared_nodes.function_code = 'total'
                and compared_nodes.nature = 'total'
                and stated_bases.disclosure_id is not null
                then 'stated'
            else 'none'
        end as basis
    from compared_nodes
    left join stated_bases
        on compared_nodes.disclosure_id = stated_bases.disclosure_id
)

select
    changes.organization_id,
    changes.stage,
    changes.fiscal_year,
    changes.function_code,
    changes.level,
    changes.nature,
    cast(changes.amount_yuan as decimal(18, 2)) as amount_yuan,
    cast(changes.last_year_amount_yuan as decimal(18, 2)) as last_year_amount_yuan,
    cast(changes.amount_yuan - changes.last_year_amount_yuan as decimal(18, 2)) as change_yuan,
    {{ ratio(
        '(changes.amount_yuan - changes.last_year_amount_yuan)',
        'changes.last_year_amount_yuan'
    ) }} as change_ratio,
    {{ ratio(
        '(changes.amount_yuan - changes.last_year_amount_yuan)',
        '(wholes.amount_yuan - wholes.last_year_amount_yuan)'
    ) }} as contribution_ratio,
    case
        when changes.last_year_amount_yuan is null then 'no_basis'
        when changes.last_year_amount_yuan = 0 and changes.amount_yuan <> 0 then 'new'
        when changes.last_year_amount_yuan <> 0 and changes.amount_yuan = 0 then 'discontinued'
        when changes.amount_yuan > changes.last_year_amount_yuan then 'increased'
        when changes.amount_yuan < changes.last_year_amount_yuan then 'decreased'
        else 'unchanged'
    end as change_kind,
    changes.basis,
    changes.disclosure_id,
    changes.last_year_disclosure_id,
    cast(true as boolean) as is_counted
from changes
left join changes as wholes
    on
        changes.disclosure_id = wholes.disclosure_id
        and wholes.function_code = 'total'
        and wholes.nature = 'total'
