-- One row per disclosure of a budget: it states government procurement, split into goods, works and
-- services.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with figures as (
    select
        disclosure_id,
        count(case measure when 'procurement_total' then 1 end) as total_count,
        max(case measure when 'procurement_total' then amount_yuan end) as total_yuan,
        count(case when measure <> 'procurement_total' then 1 end) as part_count,
        table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_claims') }}
    where
        measure in (
            'procurement_total', 'procurement_goods', 'procurement_works', 'procurement_services'
        )
    group by disclosure_id, table_name
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
        coalesce(figures.part_count, 0) as part_count,
        coalesce(figures.table_name, prose.table_name) as table_name,
        coalesce(figures.row_number, prose.row_number) as row_number,
        case
            when figures.disclosure_id is not null then figures.source_ref
            when prose.disclosure_id is not null then prose.source_ref
            else 'the whole document'
        end as source_ref,
        prose.disclosure_id is not null as has_prose
    from {{ ref('int_budgets') }} as budgets
    left join figures
        on budgets.disclosure_id = figures.disclosure_id
    left join statements
        on budgets.disclosure_id = statements.disclosure_id
    left join {{ ref('int_prose') }} as prose
        on budgets.disclosure_id = prose.disclosure_id
),

checks as (
    select
        disclosure_id,
        {{ said('procurement') }} as subject,
        case
            when statement_count > 0 then total_yuan > 0 and part_count = 0
            when has_prose and {{ is_prescribed_in('region_code') }} then true
        end as is_failed,
        total_yuan as stated_yuan,
        case
            when statement_count = 0 then {{ said('not_stated') }}
            else {{ said('parts_stated', ['part_count']) }}
        end as stated_text,
        {{ place_of('stated') }}
    from procurement
)

{{ judged_statements('checks') }}
