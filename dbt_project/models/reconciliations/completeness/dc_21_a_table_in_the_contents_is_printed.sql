-- One row per disclosure and table that its contents name: the table, or at least its title, stands
-- in the document. 地方预决算公开操作规程 (财预〔2016〕143号)
with listed_tables as (
    select
        disclosure_id,
        note as listed_table,
        min(value_text) as title,
        min(case subject when 'only_in_contents' then 1 else 0 end) as is_alone,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject in ('in_contents', 'only_in_contents')
    group by disclosure_id, note
),

found_tables as (
    select
        listed_tables.*,
        listed_tables.is_alone = 0 or tables.table_name is not null as is_found,
        count(tables.table_name) over (partition by listed_tables.disclosure_id) as found_count,
        count(*) over (partition by listed_tables.disclosure_id) as listed_count
    from listed_tables
    left join {{ ref('fct_published_tables') }} as tables
        on
            listed_tables.disclosure_id = tables.disclosure_id
            and listed_tables.listed_table = tables.table_name
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['listed_table']) }} as subject,
        -- Where many are missing, the tables are another file, or were not read.
        case
            when is_found then false
            when found_count * {{ of_rule('threshold') }} >= listed_count then true
        end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('title') }} as stated_text,
        {{ place_of('stated') }}
    from found_tables
)

{{ judged_statements('checks') }}
