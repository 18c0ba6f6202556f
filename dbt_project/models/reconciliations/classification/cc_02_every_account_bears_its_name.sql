-- One row per disclosure and account whose name is certain: it bears that name, or a former or
-- short one. 政府收支分类科目
with checks as (
    select
        disclosure_id,
        subject,
        not has_official_name and not has_other_name as is_failed,
        amount_yuan as stated_yuan,
        {{ printed('printed_name') }} as stated_text,
        {{ printed('official_name') }} as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_names_of_accounts') }}
)

{{ judged_statements('checks', computed_text='computed_text') }}
