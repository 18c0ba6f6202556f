-- One row per disclosure and table: nil is written in one way inside it. It can be printed as 0.00,
-- as a blank beside a figure, or as a row without any figure. Readability: a blank may mean nil or
-- not stated.
with printed_rows as (
    select
        disclosure_id,
        table_name,
        row_number,
        {{ first_source_ref() }} as source_ref,
        table_name in ('revenue_expenditure_summary', 'fiscal_appropriation_summary')
            as is_of_summary,
        max(case null_kind when 'zero' then 1 else 0 end) as has_zero,
        max(case when null_kind = 'blank' then 1 else 0 end) as has_blank,
        max(case when null_kind = 'blank' then 0 else 1 end) as has_figure
    from {{ ref('int_located_amounts') }}
    where table_name <> 'projects'
    group by disclosure_id, table_name, row_number
),

tables as (
    select
        disclosure_id,
        table_name,
        max(has_zero) as has_zero,
        -- A line of a summary without a figure is a blank like any other: the form prescribes its
        -- lines.
        max(case when has_figure = 1 or is_of_summary then has_blank else 0 end)
            as has_blank_beside_figure,
        max(case when has_figure = 1 or is_of_summary then 0 else 1 end) as has_row_without_figure,
        min(row_number) as row_number,
        min_by(source_ref, row_number) as source_ref
    from printed_rows
    group by disclosure_id, table_name
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        has_zero + has_blank_beside_figure + has_row_without_figure > 1 as is_failed,
        null as stated_yuan,
        {{ listed([
            "case when has_zero = 1 then '0.00' end",
            "case when has_blank_beside_figure = 1 then 'blank' end",
            "case when has_row_without_figure = 1 then 'a row without any figure' end",
        ]) }} as stated_text,
        {{ place_of('stated') }}
    from tables
)

{{ judged_statements('checks') }}
