-- One row per rule of the family units, disclosure and subject checked.
with units_of_tables as (
    select
        disclosure_id,
        table_name,
        {{ replaced(comparable_name('unit'), '^(金额)?(单位:)?(人民币)?', '') }} as unit,
        unit as printed_unit,
        table_name || ' ' || source_ref as place
    from {{ ref('fct_published_tables') }}
),

units_of_forms as (
    select
        disclosure_id,
        'projects' as table_name,
        min(unit) as unit,
        min('projects ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where table_name = 'projects'
    group by all
),

-- In Shanghai T9 is in 万元 and all else in 元; other places choose one unit for all tables but T9.
units_of_documents as (
    select
        units_of_tables.disclosure_id,
        max(organizations.region_code like '31%') as has_known_form,
        min(
            case units_of_tables.table_name
                when 'three_public_expenses' then null
                else units_of_tables.unit
            end
        ) as first_unit,
        max(
            case units_of_tables.table_name
                when 'three_public_expenses' then null
                else units_of_tables.unit
            end
        ) as last_unit
    from units_of_tables
    inner join {{ ref('dim_disclosures') }} as disclosures
        on units_of_tables.disclosure_id = disclosures.disclosure_id
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    group by units_of_tables.disclosure_id
),

tables_state_units as (
    select
        'UC-01' as rule_code,
        units_of_tables.disclosure_id,
        units_of_tables.table_name as subject,
        units_of_tables.unit is null
        or (
            units_of_documents.has_known_form
            and units_of_tables.unit
            <> case units_of_tables.table_name when 'three_public_expenses' then '万元' else '元' end
        )
        or (
            not units_of_documents.has_known_form
            and units_of_tables.table_name <> 'three_public_expenses'
            and units_of_documents.first_unit <> units_of_documents.last_unit
        ) as is_broken,
        null as stated_yuan,
        coalesce(units_of_tables.printed_unit, 'no unit') as stated_text,
        case units_of_tables.table_name when 'three_public_expenses' then '万元' else '元' end
            as computed_text,
        units_of_tables.place as stated_source
    from units_of_tables
    left join units_of_documents
        on units_of_tables.disclosure_id = units_of_documents.disclosure_id
    union all
    select
        'UC-01' as rule_code,
        units_of_forms.disclosure_id,
        case when heads.table_name is null then 'projects' else 'the forms of projects' end
            as subject,
        units_of_forms.unit <> '元' and units_of_documents.has_known_form as is_broken,
        null as stated_yuan,
        units_of_forms.unit as stated_text,
        '元' as computed_text,
        units_of_forms.place as stated_source
    from units_of_forms
    inner join units_of_documents
        on units_of_forms.disclosure_id = units_of_documents.disclosure_id
    left join units_of_tables as heads
        on
            units_of_forms.disclosure_id = heads.disclosure_id
            and units_of_forms.table_name = heads.table_name
),

-- Foreign units first, then in the order of the tables' names.
units_in_order as (
    select
        *,
        case when unit in ('元', '万元', '千元', '百万元', '亿元') then '2' else '1' end
        || table_name
        || coalesce(place, '') as place_order
    from units_of_tables
    where unit is not null
),

currencies as (
    select
        'UC-07' as rule_code,
        disclosure_id,
        'currency' as subject,
        min(place_order) like '1%' as is_broken,
        null as stated_yuan,
        min_by(printed_unit, place_order) as stated_text,
        'yuan, in one currency throughout' as computed_text,
        min_by(place, place_order) as stated_source
    from units_in_order
    group by disclosure_id
),

-- A unit that is not known leaves its amounts without a value. What the head of a table says of its
-- unit is UC-01's and UC-07's matter.
{%- set known_units = "('元', '千元', '万元', '百万元', '亿元')" %}
unknown_units as (
    select
        disclosure_id,
        table_name,
        unit,
        table_name || ' ' || min(source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        coalesce(unit, '') not in {{ known_units }}
        and row_role <> 'stray'
        and coalesce(null_kind, '') <> 'blank'
    group by disclosure_id, table_name, unit
    union all
    select
        disclosure_id,
        'narrative_claims' as table_name,
        unit,
        'narrative_claims ' || min(source_ref) as place
    from {{ ref('fct_narrative_claims') }}
    where coalesce(unit, '') not in {{ known_units }} and amount_text <> ''
    group by disclosure_id, unit
),

tables_with_unknown_units as (
    select
        disclosure_id,
        table_name,
        {{ joined("coalesce(nullif(unit, ''), 'no unit')") }} as units,
        min(place) as place
    from unknown_units
    group by disclosure_id, table_name
),

units_of_amounts as (
    select
        'UC-08' as rule_code,
        coalesce(heads.disclosure_id, tables.disclosure_id) as disclosure_id,
        coalesce(heads.table_name, tables.table_name) as subject,
        tables.table_name is not null as is_broken,
        null as stated_yuan,
        coalesce(tables.units, heads.unit) as stated_text,
        '元, 千元, 万元, 百万元, 亿元' as computed_text,
        coalesce(tables.place, heads.place) as stated_source
    from units_of_tables as heads
    full join tables_with_unknown_units as tables
        on
            heads.disclosure_id = tables.disclosure_id
            and heads.table_name = tables.table_name
    where heads.table_name is null or heads.unit in {{ known_units }}
),

-- The same figure in a coarser unit, rounded half up. What is further off than ten of its last
-- digits is another figure, which NT-01 to NT-08 report.
claims_in_coarser_units as (
    select
        'UC-02' as rule_code,
        disclosure_id,
        subject || ' ' || rule_code as subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        half_unit as tolerance_yuan,
        true as is_equality,
        amount_text as stated_text,
        place as stated_source,
        printed_place as computed_source
    from {{ ref('rec_claims') }}
    where
        amount_yuan is not null
        and printed_yuan is not null
        and unit <> printed_unit
        and half_unit >= printed_half_unit
        and abs(amount_yuan - printed_yuan) < half_unit * 20
        and (heading_number is null or heading_number = claim_number)
),

listed_claims as (
    select *
    from {{ ref('rec_claims') }}
    where rule_code = 'NT-05' and claim_number = heading_number and account_code is not null
),

-- The exact amounts of the accounts listed, against the rounded ones: rounding alone may part them.
rounded_sums as (
    select
        'UC-03' as rule_code,
        disclosure_id,
        'sum of the accounts listed' as subject,
        sum(amount_yuan) as stated_yuan,
        sum(printed_yuan) as computed_yuan,
        max(half_unit) * (count(*) + 1) as tolerance_yuan,
        true as is_equality,
        cast(count(*) as string) || ' rounded amounts' as stated_text,
        min(place) as stated_source,
        min(printed_place) as computed_source
    from listed_claims
    where abs(amount_yuan - printed_yuan) < half_unit * 20
    group by disclosure_id
),

-- A sum written out: two or three factors, what they make, and the unit in which it is given.
{%- set factor = '([0-9][0-9,]*[.]?[0-9]*)' %}
{%- set calculation = '^[^0-9]*' ~ factor ~ '(万元|元)?[^0-9=*×xX]*[*×xX]' ~ factor
    ~ '(万元|元)?[^0-9=*×xX]*([*×xX]' ~ factor ~ '(万元|元)?[^0-9=*×xX]*)?[=＝]' ~ factor
    ~ '(万元|元).*$' %}
calculations as (
    select
        disclosure_id,
        statement_number,
        coalesce(note, cast(statement_number as string)) as note,
        value_text,
        try_cast(replace({{ captured('value_text', calculation, 1) }}, ',', '') as decimal(14, 4))
            as first_factor,
        try_cast(replace({{ captured('value_text', calculation, 3) }}, ',', '') as decimal(14, 4))
            as second_factor,
        try_cast(
            coalesce(
                nullif(replace({{ captured('value_text', calculation, 6) }}, ',', ''), ''), '1'
            ) as decimal(10, 2)
        ) as third_factor,
        case
            when
                {{ captured('value_text', calculation, 2) }} = '万元'
                or {{ captured('value_text', calculation, 4) }} = '万元'
                or {{ captured('value_text', calculation, 7) }} = '万元'
                then 10000
            else 1
        end as unit_of_factors,
        try_cast(replace({{ captured('value_text', calculation, 8) }}, ',', '') as decimal(14, 4))
        * {{ yuan_per(captured('value_text', calculation, 9)) }} as stated_yuan,
        'statements ' || source_ref as place
    from {{ ref('fct_statements') }}
    where subject = 'calculation' and {{ matches('value_text', calculation) }}
),

two_figures_of_one_quantity as (
    select
        disclosure_id,
        concat_ws(' ', 'calculation', note, value_text) as subject,
        'project ' || note as shown_subject,
        stated_yuan,
        cast(
            cast(
                cast(cast(first_factor as decimal(20, 4)) * second_factor as decimal(24, 4))
                * third_factor
                as decimal(38, 4)
            ) * unit_of_factors
            as decimal(38, 2)
        ) as computed_yuan,
        value_text as stated_text,
        place as stated_source,
        cast(null as string) as computed_source
    from calculations
    union all
    select
        disclosure_id,
        subject || ' ' || rule_code as subject,
        subject as shown_subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        amount_text as stated_text,
        place as stated_source,
        printed_place as computed_source
    from {{ ref('rec_claims') }}
    where amount_yuan > 0 and printed_yuan > 0
    union all
    select
        claims.disclosure_id,
        claims.measure || ' of T9 and claim ' || cast(claims.claim_number as string) as subject,
        claims.measure || ' claim ' || cast(claims.claim_number as string) as shown_subject,
        claims.amount_yuan as stated_yuan,
        amounts.amount_yuan as computed_yuan,
        claims.amount_text || claims.unit as stated_text,
        'narrative_claims ' || claims.source_ref as stated_source,
        'three_public_expenses ' || amounts.source_ref as computed_source
    from {{ ref('fct_narrative_claims') }} as claims
    inner join {{ ref('fct_published_amounts') }} as amounts
        on
            claims.disclosure_id = amounts.disclosure_id
            and amounts.table_name = 'three_public_expenses'
            and amounts.row_role in ('leaf', 'subtotal', 'total')
            and case claims.measure when 'three_public_total' then 'total' else claims.measure end
            = amounts.measure
    where claims.amount_yuan > 0 and amounts.amount_yuan > 0
),

slips as (
    select
        *,
        {{ is_unit_slip('stated_yuan', 'computed_yuan') }} as is_slip
    from two_figures_of_one_quantity
),

-- One sum may be printed twice in a form, and is one finding.
unit_slips as (
    select
        'UC-04' as rule_code,
        disclosure_id,
        case when is_slip then shown_subject else subject end as subject,
        max(stated_yuan) as stated_yuan,
        max(case when is_slip then computed_yuan else stated_yuan end) as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        min(stated_text) as stated_text,
        min(stated_source) as stated_source,
        min(computed_source) as computed_source
    from slips
    group by
        disclosure_id,
        is_slip,
        case when is_slip then shown_subject else subject end
),

statements as (
    {{ united(['tables_state_units', 'currencies', 'units_of_amounts']) }}
),

claims as (
    {{ united(['claims_in_coarser_units', 'rounded_sums', 'unit_slips']) }}
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
