-- One row per disclosure and kind of placeholder in its prose, or one for a prose without any: no
-- place of the template is left unfilled. 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with placeholders as (
    select
        disclosure_id,
        note as placeholder,
        count(*) as place_count,
        min_by(value_text, statement_number) as value_text,
        min(table_name) as table_name,
        min(row_number) as row_number,
        min_by(source_ref, statement_number) as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject = 'placeholder'
    group by disclosure_id, note
),

checks as (
    select
        prose.disclosure_id,
        case
            when placeholders.placeholder is null then {{ said('one_name', ["'placeholder'"]) }}
            else {{ said('two_names', ["'placeholder'", 'placeholders.placeholder']) }}
        end as subject,
        placeholders.placeholder is not null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('placeholders.value_text') }} as stated_text,
        coalesce(placeholders.table_name, prose.table_name) as stated_table_name,
        coalesce(placeholders.row_number, prose.row_number) as stated_row_number,
        coalesce(placeholders.source_ref, prose.source_ref) as stated_source_ref,
        coalesce(placeholders.place_count, 1) as place_count
    from {{ ref('int_prose') }} as prose
    left join placeholders
        on prose.disclosure_id = placeholders.disclosure_id
)

{{ judged_statements('checks', stated_row_count='place_count') }}
