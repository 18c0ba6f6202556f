-- One row per rule of the family three_public, disclosure and subject checked.
with printed_expenses as (
    select
        amounts.disclosure_id,
        amounts.measure,
        sum(amounts.amount_yuan) as amount_yuan,
        max(amounts.half_unit) as half_unit,
        min(amounts.unit) as unit,
        min('three_public_expenses ' || amounts.source_ref) as place
    from {{ ref('fct_published_amounts') }} as amounts
    where
        amounts.table_name = 'three_public_expenses'
        and amounts.row_role in ('leaf', 'subtotal', 'total')
        and amounts.amount_yuan is not null
    group by all
),

disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

vehicles_kept as (
    select
        disclosure_id,
        max(numeric_value) as vehicle_count,
        min(value_text) as value_text,
        min('statements ' || source_ref) as place
    from {{ ref('fct_statements') }}
    where subject = 'vehicles_kept' and numeric_value is not null
    group by all
),

vehicles_and_expenses as (
    select
        'SG-04' as rule_code,
        vehicles_kept.disclosure_id,
        printed_expenses.measure as subject,
        vehicles_kept.vehicle_count = 0 and printed_expenses.amount_yuan > 0 as is_broken,
        printed_expenses.amount_yuan as stated_yuan,
        vehicles_kept.value_text as stated_text,
        case when vehicles_kept.vehicle_count = 0 then 'no vehicle expense' else 'vehicles kept' end
            as computed_text,
        vehicles_kept.place as stated_source
    from vehicles_kept
    inner join printed_expenses
        on
            vehicles_kept.disclosure_id = printed_expenses.disclosure_id
            and printed_expenses.measure in ('vehicle_purchase', 'vehicle_operation')
),

zeros_published_elsewhere as (
    select
        'SG-06' as rule_code,
        statements.disclosure_id,
        coalesce(statements.value_text, 'an expense without a name') as subject,
        coalesce(max(printed_expenses.amount_yuan), 0) = 0 as is_broken,
        max(printed_expenses.amount_yuan) as stated_yuan,
        'another organisation publishes this expense' as stated_text,
        'no zero in the table' as computed_text,
        min('statements ' || statements.source_ref) as stated_source
    from {{ ref('fct_statements') }} as statements
    left join printed_expenses
        on
            statements.disclosure_id = printed_expenses.disclosure_id
            and statements.value_text = printed_expenses.measure
    where statements.subject = 'reported_elsewhere'
    group by statements.disclosure_id, statements.value_text
),

claims_of_prose as (
    select
        claims.*,
        case claims.measure when 'three_public_total' then 'total' else claims.measure end
            as table_measure,
        claims.measure
        || ' claim '
        || cast(claims.claim_number as string) as subject,
        'narrative_claims ' || claims.source_ref as place
    from {{ ref('fct_narrative_claims') }} as claims
),

prose_and_table as (
    select
        'SG-05' as rule_code,
        claims.disclosure_id,
        claims.subject,
        claims.amount_yuan as stated_yuan,
        printed_expenses.amount_yuan as computed_yuan,
        case
            when claims.unit = printed_expenses.unit then 0
            else greatest(claims.half_unit, printed_expenses.half_unit)
        end as tolerance_yuan,
        true as is_equality,
        claims.amount_text || claims.unit as stated_text,
        claims.place as stated_source,
        printed_expenses.place as computed_source
    from claims_of_prose as claims
    inner join printed_expenses
        on
            claims.disclosure_id = printed_expenses.disclosure_id
            and claims.table_measure = printed_expenses.measure
    where claims.amount_yuan is not null
),

public_use as (
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        min('basic_expenditure_by_economic ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and measure = 'public_use'
        and row_role = 'total'
    group by all
),

-- Institutions have none at all; for everyone else the day-to-day public use is the upper bound.
agency_operating_expenses as (
    select
        'SG-07' as rule_code,
        printed_expenses.disclosure_id,
        'agency_operating_expenses' as subject,
        case
            when disclosures.scope = 'unit' and disclosures.organization_type = 'public_institution'
                then 0
            else public_use.amount_yuan
        end as stated_yuan,
        printed_expenses.amount_yuan as computed_yuan,
        case
            when disclosures.scope = 'unit' and disclosures.organization_type = 'public_institution'
                then 0
            else greatest(printed_expenses.half_unit, public_use.half_unit)
        end as tolerance_yuan,
        false as is_equality,
        disclosures.organization_type as stated_text,
        public_use.place as stated_source,
        printed_expenses.place as computed_source
    from printed_expenses
    inner join disclosures
        on printed_expenses.disclosure_id = disclosures.disclosure_id
    left join public_use
        on printed_expenses.disclosure_id = public_use.disclosure_id
    where printed_expenses.measure = 'agency_operating_expenses'
),

last_year_disclosures as (
    select
        disclosures.disclosure_id,
        last_year.disclosure_id as last_year_disclosure_id
    from disclosures
    left join disclosures as last_year
        on
            disclosures.organization_id = last_year.organization_id
            and disclosures.scope = last_year.scope
            and disclosures.stage = last_year.stage
            and disclosures.fiscal_year = last_year.fiscal_year + 1
),

measures_of_table as (
    select measure
    from printed_expenses
    group by all
),

prose_and_last_year as (
    select
        'SG-08' as rule_code,
        claims.disclosure_id,
        claims.subject,
        case claims.direction
            when 'increase' then claims.change_yuan
            when 'decrease' then -claims.change_yuan
            when 'unchanged' then 0
        end as stated_yuan,
        claims.amount_yuan - last_year_expenses.amount_yuan as computed_yuan,
        case
            when claims.direction = 'unchanged' and claims.unit = last_year_expenses.unit then 0
            else claims.half_unit + claims.half_unit + last_year_expenses.half_unit
        end as tolerance_yuan,
        true as is_equality,
        concat_ws('', claims.direction_text, claims.change_text) as stated_text,
        claims.place as stated_source,
        last_year_disclosures.last_year_disclosure_id || ' ' || last_year_expenses.place
            as computed_source
    from claims_of_prose as claims
    inner join last_year_disclosures
        on claims.disclosure_id = last_year_disclosures.disclosure_id
    inner join measures_of_table
        on claims.table_measure = measures_of_table.measure
    left join printed_expenses as last_year_expenses
        on
            last_year_disclosures.last_year_disclosure_id = last_year_expenses.disclosure_id
            and claims.table_measure = last_year_expenses.measure
    where
        claims.base_year = claims.fiscal_year - 1
        and coalesce(claims.base_stage, claims.stage) = claims.stage
        and claims.direction is not null
),

statements as (
    select * from vehicles_and_expenses
    union all
    select * from zeros_published_elsewhere
),

claims as (
    select * from prose_and_table
    union all
    select * from agency_operating_expenses
    union all
    select * from prose_and_last_year
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
