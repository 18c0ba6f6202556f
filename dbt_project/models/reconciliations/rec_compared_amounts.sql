-- One row per rule, disclosure and subject whose two sides are printed amounts.
with {{ numbered_claims() }},

{{ compared_amounts() }},

{{ outcomes_of_compared('compared') }},

{{ shown_outcomes('outcomes') }},

judged as (
    select
        rule_code,
        family,
        disclosure_id,
        subject,
        outcome,
        stated_yuan,
        computed_yuan,
        gap_yuan,
        tolerance_yuan,
        excess_fen,
        {%- for column in place_columns() if column != 'computed_disclosure_id' %}
            {{ column }},
        {%- endfor %}
        stated_source,
        computed_source
    from shown_outcomes
    union all
    select
        'UC-04' as rule_code,
        'units' as family,
        disclosure_id,
        rule_code || ' ' || subject as subject,
        'pass' as outcome,
        stated_yuan,
        stated_yuan as computed_yuan,
        cast(0 as decimal(18, 2)) as gap_yuan,
        cast(0 as decimal(18, 2)) as tolerance_yuan,
        cast(0 as bigint) as excess_fen,
        {%- for column in place_columns() if column != 'computed_disclosure_id' %}
            {{ column }},
        {%- endfor %}
        stated_source,
        computed_source
    from shown_outcomes
    where not is_slip
    union all
    select
        rule_code,
        family,
        disclosure_id,
        subject,
        outcome,
        stated_yuan,
        computed_yuan,
        gap_yuan,
        tolerance_yuan,
        excess_fen,
        {%- for column in place_columns() if column != 'computed_disclosure_id' %}
            {{ column }},
        {%- endfor %}
        stated_source,
        computed_source
    from slips
)

select
    rule_code,
    family,
    disclosure_id,
    subject,
    outcome,
    stated_yuan,
    computed_yuan,
    gap_yuan,
    tolerance_yuan,
    excess_fen,
    cast(null as string) as stated_text,
    cast(null as string) as computed_text,
    stated_source,
    computed_source,
    {%- for column in place_columns() if column != 'computed_disclosure_id' %}
        {{ column }},
    {%- endfor %}
    cast(null as string) as computed_disclosure_id
from judged
