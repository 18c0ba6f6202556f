-- One row per disclosure and budget that the prose of final accounts states beside an outturn: it
-- is what the budget of that year published. The document against the budget.
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

claims as (
    select
        claims.*,
        budgets.disclosure_id as budget_disclosure_id,
        {{ half_unit("coalesce(claims.base_amount_text, '0')", 'claims.unit') }} as base_half_unit
    from {{ ref('int_narrative_claims') }} as claims
    inner join disclosures as final_accounts
        on claims.disclosure_id = final_accounts.disclosure_id
    left join disclosures as budgets
        on
            final_accounts.organization_id = budgets.organization_id
            and final_accounts.scope = budgets.scope
            and final_accounts.fiscal_year = budgets.fiscal_year
            and claims.base_stage = budgets.stage
    where
        final_accounts.stage = 'final_accounts'
        and claims.base_stage not in ('final_accounts', 'executed')
        and claims.base_year = claims.fiscal_year
        and claims.base_amount_yuan is not null
),

named_accounts as (
    select
        disclosure_id,
        claim_number,
        max(account_code) as account_code
    from {{ ref('rec_claims') }}
    where rule_code = 'NT-05' and not is_ambiguous
    group by disclosure_id, claim_number
),

-- The budget's print of the general public budget, whole and by account, and of three public
-- expenses.
budget_amounts as (
    select
        disclosure_id,
        case row_role
            when 'total' then 'general_public_budget_expenditure' else 'function_item'
        end as measure,
        coalesce(account_code, '') as account_code,
        max(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'general_public_budget_by_function'
        and measure = 'total'
        and (row_role = 'total' or (row_role in ('leaf', 'subtotal') and account_code is not null))
    group by
        disclosure_id,
        case row_role
            when 'total' then 'general_public_budget_expenditure' else 'function_item'
        end,
        coalesce(account_code, '')
    union all
    select
        disclosure_id,
        case measure when 'total' then 'three_public_total' else measure end as measure,
        '' as account_code,
        amount_yuan,
        half_unit,
        table_name,
        row_number,
        source_ref
    from {{ ref('int_three_public_expenses') }}
),

checks as (
    select
        claims.disclosure_id,
        claims.subject,
        claims.base_amount_yuan as stated_yuan,
        budget_amounts.amount_yuan as computed_yuan,
        claims.base_half_unit + budget_amounts.half_unit as tolerance_yuan,
        {{ printed("concat_ws('', claims.base_amount_text, claims.unit)") }} as stated_text,
        {{ place_of('stated', 'claims') }},
        {{ place_of('computed', 'budget_amounts') }},
        budget_amounts.disclosure_id as computed_disclosure_id
    from claims
    left join named_accounts
        on
            claims.disclosure_id = named_accounts.disclosure_id
            and claims.claim_number = named_accounts.claim_number
    left join budget_amounts
        on
            claims.budget_disclosure_id = budget_amounts.disclosure_id
            and claims.measure = budget_amounts.measure
            and coalesce(named_accounts.account_code, '') = budget_amounts.account_code
)

{{ judged_amounts('checks', computed_disclosure_id='computed_disclosure_id') }}
