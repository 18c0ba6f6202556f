-- One row per disclosure and table in a list that says which are empty (是否空表): one that is called
-- empty has no amount. 地方预决算公开操作规程 (财预〔2016〕143号)
with listed_tables as (
    select
        disclosure_id,
        note as listed_table,
        min(value_text) as title,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject = 'empty_in_contents'
    group by disclosure_id, note
),

checks as (
    select
        listed_tables.disclosure_id,
        {{ said('one_name', ['listed_tables.listed_table']) }} as subject,
        case
            when not tables.has_no_value or tables.amount_yuan > 0 then tables.amount_yuan > 0
        end as is_failed,
        tables.amount_yuan as stated_yuan,
        {{ printed('listed_tables.title') }} as stated_text,
        {{ place_of('stated', 'listed_tables') }},
        tables.table_name as computed_table_name,
        tables.row_number as computed_row_number,
        tables.source_ref as computed_source_ref
    from listed_tables
    inner join {{ ref('int_table_notes') }} as tables
        on
            listed_tables.disclosure_id = tables.disclosure_id
            and listed_tables.listed_table = tables.table_name
)

{{ judged_statements('checks', has_computed_place=true) }}
