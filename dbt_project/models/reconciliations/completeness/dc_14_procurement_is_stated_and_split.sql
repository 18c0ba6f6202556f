-- One row per disclosure of a budget: it states government procurement, split into goods, works and
-- services.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with figures as (
    select
        disclosure_id,
        count(case measure when 'procurement_total' then 1 end) as total_count,
        max(case measure when 'procurement_total' then amount_yuan end) as total_yuan,
        count(case when measure <> 'procurement_total' then 1 end) as part_count
    from {{ ref('int_narrative_claims') }}
    where
        measure in (
            'procurement_total', 'procurement_goods', 'procurement_works', 'procurement_services'
        )
    group by disclosure_id
),

statements as (
    select
        disclosure_id,
        count(*) as statement_count
    from {{ ref('int_narrative_statements') }}
    where subject like 'procurement%'
    group by disclosure_id
),

procurement as (
    select
        budgets.disclosure_id,
        budgets.region_code,
        coalesce(figures.total_count, 0) + coalesce(statements.statement_count, 0)
            as statement_count,
        coalesce(figures.total_yuan, 0) as total_yuan,
        coalesce(figures.part_count, 0) as part_count
    from {{ ref('int_budgets') }} as budgets
    left join figures
        on budgets.disclosure_id = figures.disclosure_id
    left join statements
        on budgets.disclosure_id = statements.disclosure_id
),

checks as (
    select
        procurement.disclosure_id,
        {{ said('procurement') }} as subject,
        case
            when procurement.statement_count > 0
                then procurement.total_yuan > 0 and procurement.part_count = 0
            when
                prose.disclosure_id is not null
                and {{ is_prescribed_in('procurement.region_code') }}
                then true
        end as is_failed,
        procurement.total_yuan as stated_yuan,
        case
            when procurement.statement_count = 0 then {{ said('not_stated') }}
            else {{ said('parts_stated', ['procurement.part_count']) }}
        end as stated_text,
        {{ place_or_document('stated', 'prose') }}
    from procurement
    left join {{ ref('int_prose') }} as prose
        on procurement.disclosure_id = prose.disclosure_id
)

{{ judged_statements('checks') }}
