-- One row per disclosure and project form: the project begins before it ends, runs in the fiscal
-- year, and its form names that year.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
with checks as (
    select
        disclosure_id,
        subject,
        case
            when starts_on > ends_on then true
            when form_fiscal_year <> fiscal_year then true
            when extract(year from starts_on) > fiscal_year then true
            when extract(year from ends_on) < fiscal_year then true
            when starts_on is not null and ends_on is not null then false
        end as is_failed,
        annual_yuan as stated_yuan,
        case
            when starts_on is null or ends_on is null
                then {{ printed(
                    "concat_ws(' ', cast(form_fiscal_year as string),"
                    " coalesce(cast(coalesce(starts_on, ends_on) as string), ''))"
                ) }}
            when form_fiscal_year is null then {{ said('from_to', ['starts_on', 'ends_on']) }}
            else {{ said('year_and_period', ['form_fiscal_year', 'starts_on', 'ends_on']) }}
        end as stated_text,
        {{ said('fiscal_year', ['fiscal_year']) }} as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_project_forms') }}
)

{{ judged_statements('checks', computed_text='computed_text') }}
