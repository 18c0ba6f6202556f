-- One row per disclosure and sentence that counts vehicles by kind: the kinds add up to all.
-- The document against itself.
with vehicles as (
    select
        *,
        max(case subject when 'vehicles_in_all' then statement_number end) over (
            partition by disclosure_id
            order by statement_number
            rows between unbounded preceding and current row
        ) as sentence_number
    from {{ ref('int_narrative_statements') }}
    where subject in ('vehicles_in_all', 'vehicles_of_kind')
),

sentences as (
    select
        disclosure_id,
        sentence_number,
        max(case subject when 'vehicles_in_all' then numeric_value end) as vehicle_count,
        sum(case subject when 'vehicles_of_kind' then numeric_value end) as kinds_count,
        max(case when numeric_value is null then 1 else 0 end) as has_no_number,
        {{ printed("max(case subject when 'vehicles_in_all' then value_text end)") }}
            as stated_text,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from vehicles
    where sentence_number is not null
    group by disclosure_id, sentence_number
),

checks as (
    select
        disclosure_id,
        {{ said('statement', ["'vehicles_in_all'", 'sentence_number']) }} as subject,
        case when has_no_number = 0 then vehicle_count <> kinds_count end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        stated_text,
        {{ said('sum_of_kinds', ['cast(kinds_count as integer)']) }} as computed_text,
        {{ place_of('stated') }}
    from sentences
    where kinds_count is not null
)

{{ judged_statements('checks', computed_text='computed_text') }}
