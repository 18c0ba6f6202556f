-- One row per failure of a rule: the fact that it is about, which several rules may break.
-- More than 150 lines: a fact is found by its gap and by the places that several rules name.
with failures as (
    select
        disclosure_id,
        rule_code,
        subject,
        severity,
        stated_yuan,
        gap_yuan,
        stated_table_name,
        stated_row_number,
        stated_source_ref,
        stated_row_count,
        computed_table_name,
        computed_row_number,
        computed_disclosure_id,
        is_counted,
        stated_table_name || ' ' || cast(stated_row_number as string) as stated_place,
        case
            when computed_disclosure_id is null
                then computed_table_name || ' ' || cast(computed_row_number as string)
        end as computed_place,
        min(gap_yuan) over (partition by disclosure_id, rule_code, abs(gap_yuan)) < 0
        and max(gap_yuan) over (partition by disclosure_id, rule_code, abs(gap_yuan)) > 0
            as is_moved,
        row_number() over (
            partition by disclosure_id
            order by rule_code, subject, stated_source_ref, stated_yuan
        ) as failure_number
    from {{ ref('fct_reconciliations') }}
    where outcome = 'fail'
),

-- A loss in one figure is missing wherever that is added up: the same gap again.
places as (
    select
        disclosure_id,
        failure_number,
        rule_code,
        stated_place as place
    from failures
    where stated_place is not null
    union
    select
        disclosure_id,
        failure_number,
        rule_code,
        computed_place as place
    from failures
    where computed_place is not null
    union
    select
        disclosure_id,
        failure_number,
        rule_code,
        'gap ' || cast(abs(gap_yuan) as string) as place
    from failures
    where gap_yuan <> 0
    union
    -- One figure, printed in two columns or sentences, that is wrong by the same amount.
    select
        disclosure_id,
        failure_number,
        rule_code,
        concat_ws(
            ' ', 'figure', cast(abs(stated_yuan) as string), 'gap', cast(abs(gap_yuan) as string)
        ) as place
    from failures
    where gap_yuan <> 0 and stated_yuan is not null
    union
    -- An amount in the wrong class is missing in one and too much in the other: opposite gaps.
    select
        disclosure_id,
        failure_number,
        rule_code,
        concat_ws(' ', 'moved', rule_code, cast(abs(gap_yuan) as string)) as place
    from failures
    where is_moved
    union
    -- Shares of one whole that are wrong together were computed of another.
    select
        disclosure_id,
        failure_number,
        rule_code,
        'whole ' || computed_place as place
    from failures
    where rule_code = 'NT-33' and computed_place is not null
    union
    -- A sentence of last year is wrong in its year, its number and its amount.
    select
        disclosure_id,
        failure_number,
        rule_code,
        'sentence ' || stated_source_ref as place
    from failures
    where
        rule_code in ('NT-16', 'NT-17')
        and stated_table_name in ('statements', 'narrative_claims')
    union
    -- Amounts that stand in another row than their account's break every rule that reads the table.
    select
        failures.disclosure_id,
        failures.failure_number,
        failures.rule_code,
        'slipped ' || slipped_tables.stated_table_name as place
    from failures
    inner join failures as slipped_tables
        on
            failures.disclosure_id = slipped_tables.disclosure_id
            and slipped_tables.rule_code = 'WT-36'
            and (
                (
                    failures.stated_table_name = slipped_tables.stated_table_name
                    and failures.stated_row_number >= slipped_tables.stated_row_number
                )
                or (
                    failures.computed_disclosure_id is null
                    and failures.computed_table_name = slipped_tables.stated_table_name
                    and failures.computed_row_number >= slipped_tables.stated_row_number
                )
            )
),

named_places as (
    select
        disclosure_id,
        place,
        count(distinct rule_code) as rule_count,
        count(*) as failure_count
    from places
    group by disclosure_id, place
),

-- Each failure belongs to the place that most failures name, where two rules do, or to its figure.
chosen_places as (
    select
        places.disclosure_id,
        places.failure_number,
        places.place,
        row_number() over (
            partition by places.disclosure_id, places.failure_number
            order by
                case
                    when places.place like 'slipped %' or places.place like 'sentence %' then 0
                    else 1
                end,
                named_places.failure_count desc,
                places.place asc
        ) as place_rank
    from places
    inner join named_places
        on
            places.disclosure_id = named_places.disclosure_id
            and places.place = named_places.place
    where
        named_places.rule_count > 1
        or (
            (
                named_places.place like 'figure %'
                or named_places.place like 'moved %'
                or named_places.place like 'whole %'
            )
            and named_places.failure_count > 1
        )
),

facts as (
    select
        failures.*,
        coalesce(
            chosen_places.place, 'failure ' || cast(failures.failure_number as string)
        ) as fact,
        case failures.severity when 'error' then 1 when 'warning' then 2 else 3 end as severity_rank
    from failures
    left join chosen_places
        on
            failures.disclosure_id = chosen_places.disclosure_id
            and failures.failure_number = chosen_places.failure_number
            and chosen_places.place_rank = 1
),

-- The gravest comes first, of those the one of which a single row is told.
ranked_facts as (
    select
        *,
        row_number() over (
            partition by disclosure_id, fact
            order by
                severity_rank,
                case when rule_code = 'WT-36' then 0 else 1 end,
                case when stated_row_count = 1 then 0 else 1 end,
                failure_number
        ) as rank_in_fact
    from facts
)

select
    disclosure_id,
    -- Named after the failure that stands for it.
    substr(
        md5(
            concat_ws(
                '|',
                disclosure_id,
                first_value(rule_code) over (
                    partition by disclosure_id, fact
                    order by rank_in_fact
                ),
                first_value(subject) over (
                    partition by disclosure_id, fact
                    order by rank_in_fact
                )
            )
        ),
        1,
        12
    ) as finding_id,
    cast(rank_in_fact as integer) as rank_in_finding,
    rule_code,
    subject,
    is_counted
from ranked_facts
