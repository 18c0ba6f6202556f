-- One row per disclosure whose contents name tables, and table that it prints: they name it.

-- 地方预决算公开操作规程 (财预〔2016〕143号)
with listed_tables as (
    select distinct
        disclosure_id,
        note as listed_table
    from {{ ref('int_narrative_statements') }}
    where subject in ('in_contents', 'only_in_contents')
),

documents as (
    select
        disclosure_id,
        count(*) as listed_count
    from listed_tables
    group by disclosure_id
),

checks as (
    select
        tables.disclosure_id,
        {{ said('one_name', ['tables.table_name']) }} as subject,
        listed_tables.listed_table is null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('tables.title') }} as stated_text,
        {{ place_of('stated', 'tables') }}
    from {{ ref('int_located_tables') }} as tables
    inner join documents
        on tables.disclosure_id = documents.disclosure_id
    left join listed_tables
        on
            tables.disclosure_id = listed_tables.disclosure_id
            and tables.table_name = listed_tables.listed_table
    where documents.listed_count >= {{ of_rule('threshold') }}
)

{{ judged_statements('checks') }}
