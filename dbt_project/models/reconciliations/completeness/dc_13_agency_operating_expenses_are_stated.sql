-- One row per disclosure of a budget: it states agency operating expenses, or that there are none.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with statements as (
    select disclosure_id
    from {{ ref('int_narrative_claims') }}
    where measure = 'agency_operating_expenses'
    union
    select disclosure_id
    from {{ ref('int_narrative_statements') }}
    where subject like 'agency_operating_expenses%'
    union
    select disclosure_id
    from {{ ref('int_located_amounts') }}
    where table_name = 'three_public_expenses' and measure = 'agency_operating_expenses'
),

checks as (
    select
        budgets.disclosure_id,
        {{ said('one_name', ["'agency_operating_expenses'"]) }} as subject,
        case
            when statements.disclosure_id is not null then false
            when
                prose.disclosure_id is not null
                and {{ is_prescribed_in('budgets.region_code') }}
                then true
        end as is_failed,
        null as stated_yuan,
        case
            when statements.disclosure_id is null then {{ said('not_stated') }}
            else {{ said('stated') }}
        end as stated_text,
        {{ place_or_document('stated', 'prose') }}
    from {{ ref('int_budgets') }} as budgets
    left join {{ ref('int_prose') }} as prose
        on budgets.disclosure_id = prose.disclosure_id
    left join statements
        on budgets.disclosure_id = statements.disclosure_id
)

{{ judged_statements('checks') }}
