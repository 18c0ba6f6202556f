-- One row per disclosure of an initial budget: it is published in the time that twenty days after
-- approval leave. 预算法 第十四条
with checks as (
    select
        disclosure_id,
        {{ said('publication') }} as subject,
        case
            -- The day of approval is in no table; the months in which congresses approve are known.
            when published_on is not null
                then
                    extract(year from published_on) * 100 + extract(month from published_on)
                    not between (fiscal_year - 1) * 100 + {{ of_rule('threshold') }}
                    and fiscal_year * 100 + {{ of_rule('second_threshold') }}
        end as is_failed,
        null as stated_yuan,
        {{ printed("concat_ws(' ', cast(published_on as string), source_url)") }} as stated_text,
        'disclosure' as stated_table_name,
        cast(null as integer) as stated_row_number,
        cast(null as string) as stated_source_ref
    from {{ ref('int_budgets') }}
    where stage = 'initial_budget'
)

{{ judged_statements('checks') }}
