-- One row per disclosure and table whose amounts have separators, or per amount that has one in the
-- wrong place: they part groups of three digits. 会计基础工作规范 第五十二条
with separated_amounts as (
    select
        disclosure_id,
        table_name,
        row_number,
        source_ref,
        {{ said('three_names', [
            'table_name', "coalesce(row_key, 'row ' || row_number)", 'measure'
        ]) }} as subject,
        amount_yuan,
        printed_text
    from {{ ref('fct_published_amounts') }}
    where {{ plain_text('printed_text') }} like '%,%'
    union all
    select
        disclosure_id,
        table_name,
        row_number,
        source_ref,
        subject,
        amount_yuan,
        amount_text as printed_text
    from {{ ref('int_narrative_claims') }}
    where {{ plain_text('amount_text') }} like '%,%'
),

amounts as (
    select
        *,
        {{ said('one_name', ['table_name']) }} as subject_of_table,
        not {{ matches(
            'translate(' ~ plain_text('printed_text') ~ ", ' ()', '')",
            '[^0-9]*[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?%?',
        ) }} as is_failed
    from separated_amounts
),

checks as (
    select
        disclosure_id,
        case when is_failed then subject else subject_of_table end as subject,
        is_failed,
        max(case when is_failed then amount_yuan end) as stated_yuan,
        {{ printed('max(case when is_failed then printed_text end)') }} as stated_text,
        table_name as stated_table_name,
        min(row_number) as stated_row_number,
        {{ first_source_ref() }} as stated_source_ref
    from amounts
    group by
        disclosure_id,
        table_name,
        is_failed,
        case when is_failed then subject else subject_of_table end
)

{{ judged_statements('checks') }}
