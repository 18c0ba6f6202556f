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
        case
            when starts_on is not null and ends_on is not null
                then {{ said('from_to', ['starts_on', 'ends_on']) }}
            else {{ printed("coalesce(cast(coalesce(starts_on, ends_on) as string), '')") }}
        end as stated_text,
        {{ place_of('stated') }},
        {{ place_of('computed') }}
    from {{ ref('int_project_forms') }}
    where total_yuan is not null and annual_yuan is not null
)

{{ judged_amounts('checks', is_equality='is_equality') }}
