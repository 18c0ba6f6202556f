-- One row per disclosure and project form: the funds of the year are at most those of the project,
-- and equal to them where it lasts one year.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
with checks as (
    select
        disclosure_id,
        subject,
        total_yuan as stated_yuan,
        annual_yuan as computed_yuan,
        0 as tolerance_yuan,
        coalesce(
            extract(year from starts_on) = fiscal_year and extract(year from ends_on) = fiscal_year,
            false
        ) as is_equality,
        concat_ws(' to ', cast(starts_on as string), cast(ends_on as string)) as stated_text,
        {{ place_of('stated') }},
        {{ place_of('computed') }}
    from {{ ref('int_project_forms') }}
    where total_yuan is not null and annual_yuan is not null
)

{{ judged_amounts('checks', is_equality='is_equality') }}
