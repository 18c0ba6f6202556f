-- One row per rule and disclosure for what passed; per rule, disclosure and subject for all else.
with {{ numbered_claims() }},

to_be_shown as (
    select *
    from {{ ref('int_compared_outcomes') }}
    where outcome <> 'pass' or is_slip
),

{{ shown_outcomes('to_be_shown') }},

passes as (
    select
        claims.rule_code,
        outcomes.disclosure_number,
        cast(sum(outcomes.checked_count) as bigint) as checked_count,
        max(outcomes.excess_fen) as excess_fen
    from {{ ref('int_compared_outcomes') }} as outcomes
    inner join claims
        on outcomes.claim_number = claims.claim_number
    where outcomes.outcome = 'pass'
    group by claims.rule_code, outcomes.disclosure_number
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
        passes.excess_fen,
        cast(null as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        {%- for column in place_columns() if column != 'computed_disclosure_id' %}
            cast(null as {{ 'integer' if column.endswith(('number', 'count')) else 'string' }})
                as {{ column }},
        {%- endfor %}
        cast(null as string) as stated_source,
        cast(null as string) as computed_source
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
            excess_fen,
            stated_yuan,
            computed_yuan,
            gap_yuan,
            tolerance_yuan,
            {%- for column in place_columns() if column != 'computed_disclosure_id' %}
                {{ column }},
            {%- endfor %}
            stated_source,
            computed_source
        from {{ relation }}
        where outcome <> 'pass'
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    rule_code,
    disclosure_id,
    outcome,
    coded_subject,
    checked_count,
    excess_fen,
    stated_yuan,
    computed_yuan,
    gap_yuan,
    tolerance_yuan,
    cast(null as string) as coded_stated_text,
    cast(null as string) as coded_computed_text,
    stated_source,
    computed_source,
    {%- for column in place_columns() if column != 'computed_disclosure_id' %}
        {{ column }},
    {%- endfor %}
    cast(null as string) as computed_disclosure_id
from checks
