-- One row per rule, disclosure and subject whose two sides are printed amounts.
{%- set amounts = amounts_of_comparisons() | join(', ') %}
{%- set places = places_of_comparisons() | join(', ') %}
with {{ numbered_comparisons() }},

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
        {{ amounts }},
        excess_fen,
        {{ places }}
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
        {{ places }}
    from shown_outcomes
    where not is_slip
    union all
    select
        rule_code,
        family,
        disclosure_id,
        subject,
        outcome,
        {{ amounts }},
        excess_fen,
        {{ places }}
    from slips
)

select
    rule_code,
    family,
    disclosure_id,
    subject,
    outcome,
    {{ amounts }},
    excess_fen,
    cast(null as string) as stated_text,
    cast(null as string) as computed_text,
    {{ places }},
    cast(null as string) as computed_disclosure_id
from judged
