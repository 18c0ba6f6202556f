-- One row per disclosure of a budget with project expenditure: it states performance targets.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with project_expenditures as (
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'expenditure_by_function' and measure = 'project' and row_role = 'total'
    group by disclosure_id
),

targets as (
    select disclosure_id
    from {{ ref('int_narrative_claims') }}
    where measure = 'performance_project_amount'
    union
    select disclosure_id
    from {{ ref('int_narrative_statements') }}
    where subject like 'performance_project%'
    union
    select disclosure_id
    from {{ ref('int_project_forms') }}
),

checks as (
    select
        budgets.disclosure_id,
        {{ said('performance_targets') }} as subject,
        case
            when targets.disclosure_id is not null then false
            when {{ is_prescribed_in('budgets.region_code') }} then true
        end as is_failed,
        project_expenditures.amount_yuan as stated_yuan,
        case
            when targets.disclosure_id is null then {{ said('not_stated') }}
            else {{ said('stated') }}
        end as stated_text,
        {{ place_of('stated', 'prose') }}
    from {{ ref('int_budgets') }} as budgets
    inner join project_expenditures
        on budgets.disclosure_id = project_expenditures.disclosure_id
    inner join {{ ref('int_prose') }} as prose
        on budgets.disclosure_id = prose.disclosure_id
    left join targets
        on budgets.disclosure_id = targets.disclosure_id
    where project_expenditures.amount_yuan > 0
)

{{ judged_statements('checks') }}
