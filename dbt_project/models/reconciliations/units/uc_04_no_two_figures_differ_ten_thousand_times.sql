-- One row per disclosure and quantity that it states twice: the two do not differ ten thousand
-- times. The document against itself.
with calculations as (
    {{ written_calculations() }}
),

quantities as (
    select
        disclosure_id,
        {{ said('three_names', ["'calculation'", 'project', 'value_text']) }} as subject,
        {{ said('project', ['project']) }} as shown_subject,
        stated_yuan,
        computed_yuan,
        value_text as stated_text,
        table_name || ' ' || source_ref as stated_place,
        cast(null as string) as computed_place,
        {{ place_of('stated') }},
        {{ no_place('computed') }}
    from calculations
    union all
    select
        disclosure_id,
        {{ said('claim_under_rule', [
            'measure', "' ' || account_name", 'claim_number', 'rule_code'
        ]) }} as subject,
        coded_subject as shown_subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        amount_text as stated_text,
        place as stated_place,
        printed_place as computed_place,
        {{ place_of('stated') }},
        printed_table_name as computed_table_name,
        printed_row_number as computed_row_number,
        printed_source_ref as computed_source_ref
    from {{ ref('rec_claims') }}
    where amount_yuan > 0 and printed_yuan > 0
    union all
    select
        claims.disclosure_id,
        {{ said('expense_and_claim', ['claims.claimed_measure', 'claims.row_number']) }} as subject,
        claims.subject as shown_subject,
        claims.amount_yuan as stated_yuan,
        amounts.amount_yuan as computed_yuan,
        claims.amount_text || claims.unit as stated_text,
        claims.table_name || ' ' || claims.source_ref as stated_place,
        amounts.table_name || ' ' || amounts.source_ref as computed_place,
        {{ place_of('stated', 'claims') }},
        {{ place_of('computed', 'amounts') }}
    from {{ ref('int_three_public_claims') }} as claims
    inner join {{ ref('int_located_amounts') }} as amounts
        on
            claims.disclosure_id = amounts.disclosure_id
            and amounts.table_name = 'three_public_expenses'
            and claims.measure = amounts.measure
    where claims.amount_yuan > 0 and amounts.amount_yuan > 0
),

slips as (
    select
        *,
        {{ is_unit_slip('stated_yuan', 'computed_yuan') }} as is_slip
    from quantities
),

-- One sum may be printed twice in a form, and is one finding.
checks as (
    select
        disclosure_id,
        case when is_slip then shown_subject else subject end as subject,
        max(stated_yuan) as stated_yuan,
        max(case when is_slip then computed_yuan else stated_yuan end) as computed_yuan,
        0 as tolerance_yuan,
        {{ printed('min(stated_text)') }} as stated_text,
        {{ first_place_of('stated') }},
        {{ first_place_of('computed') }}
    from slips
    group by
        disclosure_id,
        is_slip,
        case when is_slip then shown_subject else subject end
)

{{ judged_amounts('checks') }}
