-- One row per disclosure of final accounts and budget of its year: they total the same but for a
-- share that is left to adjustments within the year.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

totals as (
    select *
    from {{ ref('int_expenditure_totals') }}
    where amount_yuan is not null
),

checks as (
    select
        executed.disclosure_id,
        {{ said('total_expenditure_against', ['budgeted.stage']) }} as subject,
        executed_totals.amount_yuan as stated_yuan,
        budgeted_totals.amount_yuan as computed_yuan,
        cast(
            {{ wide_yuan('budgeted_totals.amount_yuan') }} * {{ of_rule('threshold') }}
            as decimal(18, 2)
        ) as tolerance_yuan,
        {{ said('executed_against', ['budgeted.stage']) }} as stated_text,
        {{ place_of('stated', 'executed_totals') }},
        {{ place_of('computed', 'budgeted_totals') }},
        budgeted_totals.disclosure_id as computed_disclosure_id
    from disclosures as executed
    inner join disclosures as budgeted
        on
            executed.organization_id = budgeted.organization_id
            and executed.scope = budgeted.scope
            and executed.fiscal_year = budgeted.fiscal_year
            and budgeted.stage <> 'final_accounts'
    inner join totals as executed_totals
        on executed.disclosure_id = executed_totals.disclosure_id
    left join totals as budgeted_totals
        on budgeted.disclosure_id = budgeted_totals.disclosure_id
    where executed.stage = 'final_accounts'
)

{{ judged_amounts('checks', computed_disclosure_id='computed_disclosure_id') }}
