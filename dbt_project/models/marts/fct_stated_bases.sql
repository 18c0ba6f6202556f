-- One row per disclosure and reading of what its prose says of last year's total expenditure.
with totals as (
    select
        disclosure_id,
        total_yuan,
        coalesce(has_untied_total, false) as has_untied_total
    from {{ ref('fct_budget_splits') }}
    where function_code = 'total'
),

claims as (
    select
        claims.*,
        coalesce(
            claims.base_stage,
            case claims.stage when 'final_accounts' then 'executed' else claims.stage end
        ) as compared_stage,
        coalesce(
            case claims.direction
                when 'increase' then claims.change_yuan
                when 'decrease' then -claims.change_yuan
                when 'unchanged' then 0
            end,
            claims.amount_yuan - claims.base_amount_yuan
        ) as signed_change_yuan,
        {{ half_unit("translate(claims.change_percent_text, '%％', '')", "'元'") }} * 0.01
            as half_percent
    from {{ ref('fct_narrative_claims') }} as claims
    inner join totals
        on claims.disclosure_id = totals.disclosure_id
    where
        claims.base_year = claims.fiscal_year - 1
        and (
            claims.measure = 'total_expenditure'
            -- The appropriation is all there is to spend where it comes to the total.
            or (
                claims.measure = 'fiscal_appropriation_expenditure'
                and not totals.has_untied_total
                and abs(claims.amount_yuan - totals.total_yuan) <= claims.half_unit
            )
        )
),

readings as (
    select
        disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        compared_stage,
        amount_yuan,
        signed_change_yuan,
        count(*) as claim_count,
        min(source_ref) as source_ref,
        is_counted
    from claims
    where
        amount_yuan is not null
        and signed_change_yuan is not null
        -- A figure that no column of money holds is no amount of a budget.
        and abs(signed_change_yuan) < 10000000000000000
        and abs(amount_yuan - signed_change_yuan) < 10000000000000000
    group by all
),

recomputed as (
    select
        *,
        cast(amount_yuan - signed_change_yuan as decimal(18, 2)) as last_year_amount_yuan,
        {{ ratio('signed_change_yuan', '(amount_yuan - signed_change_yuan)') }} as change_ratio,
        count(*) over (partition by disclosure_id, compared_stage) > 1 as is_disputed
    from readings
),

-- A printed percentage speaks for the reading that it can be recomputed from, whichever sentence of
-- the same amount prints it.
percentages as (
    select
        disclosure_id,
        compared_stage,
        abs(signed_change_yuan) as unsigned_change_yuan,
        max(change_ratio) as stated_change_ratio,
        max(half_percent) as half_percent
    from claims
    where change_ratio is not null
    group by all
)

select
    recomputed.disclosure_id,
    recomputed.organization_id,
    recomputed.fiscal_year,
    recomputed.stage,
    case recomputed.compared_stage
        when 'executed' then 'final_accounts'
        else recomputed.compared_stage
    end as base_stage,
    case
        when recomputed.signed_change_yuan > 0 then 'increase'
        when recomputed.signed_change_yuan < 0 then 'decrease'
        else 'unchanged'
    end as direction,
    recomputed.amount_yuan,
    recomputed.last_year_amount_yuan,
    cast(recomputed.signed_change_yuan as decimal(18, 2)) as change_yuan,
    recomputed.change_ratio,
    percentages.stated_change_ratio,
    abs(abs(recomputed.change_ratio) - percentages.stated_change_ratio)
    <= percentages.half_percent as is_confirmed,
    recomputed.is_disputed,
    cast(recomputed.claim_count as integer) as claim_count,
    recomputed.source_ref,
    recomputed.is_counted
from recomputed
left join percentages
    on
        recomputed.disclosure_id = percentages.disclosure_id
        and recomputed.compared_stage = percentages.compared_stage
        and abs(recomputed.signed_change_yuan) = percentages.unsigned_change_yuan
