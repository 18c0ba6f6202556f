-- One row per disclosure and table that its prose says is not published: it prints no amount.
-- The document against itself.
with withheld_tables as (
    select
        disclosure_id,
        note as withheld_table,
        min(value_text) as sentence,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject = 'withheld_table'
    group by disclosure_id, note
),

printed_amounts as (
    select
        disclosure_id,
        table_name,
        {{ shown_yuan('max(abs(amount_yuan))') }} as amount_yuan,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('fct_published_amounts') }}
    where amount_yuan <> 0
    group by disclosure_id, table_name
),

checks as (
    select
        withheld_tables.disclosure_id,
        {{ said('one_name', ['withheld_tables.withheld_table']) }} as subject,
        printed_amounts.disclosure_id is not null as is_failed,
        printed_amounts.amount_yuan as stated_yuan,
        {{ printed('withheld_tables.sentence') }} as stated_text,
        {{ place_of('stated', 'withheld_tables') }},
        printed_amounts.table_name as computed_table_name,
        printed_amounts.row_number as computed_row_number,
        printed_amounts.source_ref as computed_source_ref
    from withheld_tables
    left join printed_amounts
        on
            withheld_tables.disclosure_id = printed_amounts.disclosure_id
            and withheld_tables.withheld_table = printed_amounts.table_name
)

{{ judged_statements('checks', has_computed_place=true) }}
