-- One row per disclosure and table of a fund without an amount: a note says that it is empty.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
-- Where no form prescribes the note, prose that says so will do. Other tables than those of funds
-- may be called empty in a list of tables, which is not read.
with tables as (
    select
        *,
        case
            when table_name like 'government_funds%' then 'government_funds'
            when table_name like 'state_capital%' then 'state_capital'
        end as fund
    from {{ ref('int_table_notes') }}
    where amount_yuan = 0 and not has_no_value
),

funds_without_amounts as (
    select
        disclosure_id,
        replace(subject, '_statement', '') as fund
    from {{ ref('int_narrative_statements') }}
    where subject in ('government_funds_statement', 'state_capital_statement')
    union
    select
        disclosure_id,
        replace(measure, '_expenditure', '') as fund
    from {{ ref('int_narrative_claims') }}
    where
        amount_yuan = 0
        and measure in ('government_funds_expenditure', 'state_capital_expenditure')
),

notes as (
    select
        tables.*,
        {{ is_prescribed_in('organizations.region_code') }} as has_prescribed_form,
        funds.fund is not null as is_said_in_prose,
        prose.disclosure_id is not null as has_prose
    from tables
    inner join {{ ref('dim_organizations') }} as organizations
        on tables.organization_id = organizations.organization_id
    left join {{ ref('int_prose') }} as prose
        on tables.disclosure_id = prose.disclosure_id
    left join funds_without_amounts as funds
        on
            tables.disclosure_id = funds.disclosure_id
            and tables.fund = funds.fund
    where tables.fund is not null
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        case
            when says_empty or (is_said_in_prose and not has_prescribed_form) then false
            when has_prose or has_prescribed_form then true
        end as is_failed,
        null as stated_yuan,
        coalesce({{ printed('remark') }}, {{ said('no_note') }}) as stated_text,
        {{ place_of('stated') }}
    from notes
)

{{ judged_statements('checks') }}
