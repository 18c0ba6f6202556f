-- One row per rule and disclosure for what passed; per rule, disclosure and subject for all else.
{%- set amounts = amounts_of_comparisons() | join(', ') %}
{%- set places = places_of_comparisons() | join(', ') %}
with {{ numbered_comparisons() }},

to_be_shown as (
    select *
    from {{ ref('int_compared_outcomes') }}
    where outcome <> 'pass' or is_slip
),

{{ shown_outcomes('to_be_shown') }},

passes as (
    select
        comparisons.rule_code,
        outcomes.disclosure_number,
        cast(sum(outcomes.checked_count) as bigint) as checked_count,
        max(outcomes.excess_fen) as excess_fen
    from {{ ref('int_compared_outcomes') }} as outcomes
    inner join comparisons
        on outcomes.comparison_number = comparisons.comparison_number
    where outcomes.outcome = 'pass'
    group by comparisons.rule_code, outcomes.disclosure_number
    union all
    select
        'UC-04' as rule_code,
        disclosure_number,
        cast(sum(checked_count) as bigint) as checked_count,
        cast(0 as bigint) as excess_fen
    from {{ ref('int_compared_outcomes') }}
    where not is_slip
    group by disclosure_number
),

checks as (
    select
        passes.rule_code,
        disclosures.disclosure_id,
        'pass' as outcome,
        cast(null as string) as coded_subject,
        passes.checked_count,
        {%- for column in amounts_of_comparisons() %}
            cast(null as decimal(18, 2)) as {{ column }},
        {%- endfor %}
        {%- for column in places_of_comparisons() %}
            cast(null as {{ 'integer' if column.endswith(('number', 'count')) else 'string' }})
                as {{ column }},
        {%- endfor %}
        passes.excess_fen
    from passes
    inner join numbered_disclosures as disclosures
        on passes.disclosure_number = disclosures.disclosure_number
    union all
    {%- for relation in ['shown_outcomes', 'slips'] %}
        select
            rule_code,
            disclosure_id,
            outcome,
            coded_subject,
            1 as checked_count,
            {{ amounts }},
            {{ places }},
            excess_fen
        from {{ relation }}
        where outcome <> 'pass'
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

-- In the order of the checks of each family, which stand below these.
select
    rule_code,
    disclosure_id,
    outcome,
    coded_subject,
    checked_count,
    excess_fen,
    {{ amounts }},
    cast(null as string) as coded_stated_text,
    cast(null as string) as coded_computed_text,
    {{ places }},
    cast(null as string) as computed_disclosure_id
from checks
