-- One row per fact on which a document does not agree with itself: what several rules say of one
-- figure is one fact.
-- More than 150 lines: a fact is found by its gap and by the places that several rules name.
with failures as (
    select
        disclosure_id,
        rule_code,
        family,
        subject,
        severity,
        stated_yuan,
        computed_yuan,
        gap_yuan,
        stated_text,
        computed_text,
        stated_table_name,
        stated_row_number,
        stated_source_ref,
        stated_row_count,
        computed_table_name,
        computed_row_number,
        computed_source_ref,
        computed_disclosure_id,
        known_finding_reason,
        is_counted,
        stated_table_name || ' ' || cast(stated_row_number as string) as stated_place,
        case
            when computed_disclosure_id is null
                then computed_table_name || ' ' || cast(computed_row_number as string)
        end as computed_place,
        row_number() over (
            partition by disclosure_id
            order by rule_code, subject, stated_source_ref, stated_yuan
        ) as failure_number
    from {{ ref('fct_reconciliations') }}
    where outcome = 'fail'
),

-- What is lost in one figure is missing wherever that is added up: the same gap again.
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

-- Each failure belongs to the place that most failures name, where two rules do.
chosen_places as (
    select
        places.disclosure_id,
        places.failure_number,
        places.place,
        row_number() over (
            partition by places.disclosure_id, places.failure_number
            order by named_places.failure_count desc, places.place asc
        ) as place_rank
    from places
    inner join named_places
        on
            places.disclosure_id = named_places.disclosure_id
            and places.place = named_places.place
    where named_places.rule_count > 1
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
                case when stated_row_count = 1 then 0 else 1 end,
                failure_number
        ) as rank_in_fact
    from facts
),

wholes as (
    select
        disclosure_id,
        fact,
        min(severity_rank) as severity_rank,
        max(abs(gap_yuan)) as gap_yuan,
        {{ joined('rule_code') }} as rule_codes,
        cast(count(*) as integer) as failure_count,
        count(known_finding_reason) = count(*) as is_reviewed
    from facts
    group by disclosure_id, fact
)

select
    first_facts.disclosure_id,
    substr(
        md5(concat_ws('|', first_facts.disclosure_id, first_facts.rule_code, first_facts.subject)),
        1,
        12
    ) as finding_id,
    case wholes.severity_rank when 1 then 'error' when 2 then 'warning' else 'info' end as severity,
    -- A wrong word or percentage puts no amount at stake, a row in the wrong place its own.
    try_cast(
        coalesce(
            wholes.gap_yuan,
            case
                when
                    first_facts.family
                    in ('within_table', 'across_tables', 'units', 'classification', 'projects')
                    then abs(first_facts.stated_yuan)
            end,
            0
        ) as decimal(18, 2)
    ) as amount_yuan,
    wholes.rule_codes,
    wholes.failure_count,
    first_facts.rule_code,
    first_facts.subject,
    first_facts.stated_yuan,
    first_facts.stated_text,
    first_facts.stated_table_name,
    first_facts.stated_row_number,
    first_facts.stated_source_ref,
    first_facts.computed_yuan,
    first_facts.computed_text,
    first_facts.computed_table_name,
    first_facts.computed_row_number,
    first_facts.computed_source_ref,
    first_facts.computed_disclosure_id,
    wholes.is_reviewed,
    disclosures.reading,
    first_facts.is_counted
from ranked_facts as first_facts
inner join wholes
    on
        first_facts.disclosure_id = wholes.disclosure_id
        and first_facts.fact = wholes.fact
inner join {{ ref('dim_disclosures') }} as disclosures
    on first_facts.disclosure_id = disclosures.disclosure_id
where first_facts.rank_in_fact = 1
