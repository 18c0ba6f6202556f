-- One row per disclosure and list of the prose: its numbers leave none out and give none twice.
-- The document against itself.
with numbered_claims as (
    select
        *,
        cast(ordinal as integer) as number
    from {{ ref('int_narrative_claims') }}
    where {{ matches('ordinal', '[0-9]{1,3}') }}
),

numbers as (
    select
        disclosure_id,
        measure,
        number,
        count(distinct coalesce(account_name, '')) as accounts,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from numbered_claims
    group by disclosure_id, measure, number
),

numbers_and_gaps as (
    select
        numbers.*,
        numbers.number > 1 and earlier.number is null as is_after_gap
    from numbers
    left join numbers as earlier
        on
            numbers.disclosure_id = earlier.disclosure_id
            and numbers.measure = earlier.measure
            and numbers.number = earlier.number + 1
),

lists as (
    select
        disclosure_id,
        measure,
        min(case when is_after_gap then number end) as number_after_gap,
        min(case when accounts > 1 then number end) as repeated_number,
        max(case when number = 1 then accounts end) as list_count,
        min(number) as first_number,
        max(number) as last_number,
        count(*) as number_count,
        -- The first number at fault; of a list without any, its first.
        coalesce(min(case when is_after_gap or accounts > 1 then number end), min(number))
            as shown_number
    from numbers_and_gaps
    group by disclosure_id, measure
),

-- Two lists each begin with 1; within one list no number comes twice.
checks as (
    select
        lists.disclosure_id,
        {{ said('list', ['lists.measure']) }} as subject,
        lists.number_after_gap is not null
        or (lists.list_count = 1 and lists.repeated_number is not null) as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ said('numbers_from_to', [
            'lists.number_count', 'lists.first_number', 'lists.last_number'
        ]) }} as stated_text,
        case
            when lists.number_after_gap is not null
                then {{ said('number', ['lists.number_after_gap - 1']) }}
            when lists.repeated_number is not null
                then {{ said('one_account_numbered', ['lists.repeated_number']) }}
        end as computed_text,
        {{ place_of('stated', 'numbers') }}
    from lists
    inner join numbers
        on
            lists.disclosure_id = numbers.disclosure_id
            and lists.measure = numbers.measure
            and lists.shown_number = numbers.number
)

{{ judged_statements('checks', computed_text='computed_text') }}
