-- One row per disclosure that states the vehicles kept more than once: the statements agree.
-- The document against itself.
with checks as (
    select
        disclosure_id,
        {{ said('one_name', ["'vehicles_kept'"]) }} as subject,
        min(numeric_value) <> max(numeric_value) as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('min_by(value_text, statement_number)') }} as stated_text,
        {{ printed('max_by(value_text, statement_number)') }} as computed_text,
        min(table_name) as stated_table_name,
        min(row_number) as stated_row_number,
        min_by(source_ref, statement_number) as stated_source_ref
    from {{ ref('int_narrative_statements') }}
    where subject = 'vehicles_kept' and numeric_value is not null
    group by disclosure_id
    having count(*) > 1
)

{{ judged_statements('checks', computed_text='computed_text') }}
