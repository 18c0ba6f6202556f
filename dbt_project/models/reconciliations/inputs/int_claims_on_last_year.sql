-- One row per disclosure and claim that compares a figure with last year's, with what last year's
-- document prints of it and where.
with printed_claims as (
    select
        disclosure_id,
        claim_number,
        max(account_code) as account_code,
        max(printed_yuan) as printed_yuan
    from {{ ref('rec_claims') }}
    group by disclosure_id, claim_number
),

-- The same quantity as last year's document prints it.
printed_totals as (
    select
        disclosure_id,
        measure,
        max(printed_yuan) as printed_yuan,
        max(printed_half_unit) as printed_half_unit,
        min_by(printed_table_name, printed_place) as table_name,
        {{ first_row_number('printed_row_number', 'printed_place') }} as row_number,
        min_by(printed_source_ref, printed_place) as source_ref
    from {{ ref('rec_claims') }}
    where rule_code <> 'NT-05' and printed_yuan is not null
    group by disclosure_id, measure
),

printed_tables as (
    select distinct disclosure_id
    from {{ ref('int_expenditure_accounts') }}
),

claims as (
    select
        *,
        case compared_stage when 'final_accounts' then 'executed' else compared_stage end
            as compared_base_stage
    from {{ ref('int_stated_changes') }}
    where
        base_year = fiscal_year - 1
        and measure in (
            'total_revenue',
            'total_expenditure',
            'fiscal_appropriation_revenue',
            'fiscal_appropriation_expenditure',
            'general_public_budget_expenditure',
            'government_funds_expenditure',
            'state_capital_expenditure',
            'function_item'
        )
)

select
    claims.*,
    coalesce(printed_claims.printed_yuan, claims.amount_yuan) as printed_yuan,
    earlier.earlier_disclosure_id,
    case
        when claims.measure <> 'function_item' then totals.printed_yuan
        -- An account that last year's table does not have had nothing; a table that was not read
        -- says nothing.
        when printed_claims.account_code is null then null
        when accounts.account_code is not null then accounts.amount_yuan
        when printed_tables.disclosure_id is not null then 0
    end as earlier_yuan,
    coalesce(totals.printed_half_unit, 0) as earlier_half_unit,
    coalesce(totals.table_name, accounts.table_name) as earlier_table_name,
    coalesce(totals.row_number, accounts.row_number) as earlier_row_number,
    coalesce(totals.source_ref, accounts.source_ref) as earlier_source_ref
from claims
left join printed_claims
    on
        claims.disclosure_id = printed_claims.disclosure_id
        and claims.claim_number = printed_claims.claim_number
left join {{ ref('int_earlier_disclosures') }} as earlier
    on
        claims.disclosure_id = earlier.disclosure_id
        and claims.compared_base_stage = earlier.base_stage
left join printed_totals as totals
    on
        earlier.earlier_disclosure_id = totals.disclosure_id
        and claims.measure = totals.measure
left join {{ ref('int_expenditure_accounts') }} as accounts
    on
        earlier.earlier_disclosure_id = accounts.disclosure_id
        and printed_claims.account_code = accounts.account_code
left join printed_tables
    on earlier.earlier_disclosure_id = printed_tables.disclosure_id
