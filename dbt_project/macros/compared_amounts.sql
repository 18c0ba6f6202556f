{#
    The comparisons of printed amounts, in two steps that are common table expressions each. Both
    stand in the view that readers see, which must find all it needs in the published file; a build
    materialises the first, and counts what comes of the second.

    Millions of amounts are grouped by numbers: a disclosure's name would cost twice as much. Only
    what a reader is shown gets its texts.
#}

{# What the two steps look up: sides of comparisons, comparisons and disclosures, by number. #}
{% macro numbered_comparisons() -%}
numbered_sides as (
    select
        sides.*,
        rules.applies_to_forms,
        sides.side_of_claim = 'stated' as is_stated,
        dense_rank() over (order by sides.rule_code, sides.subject) as column_number,
        dense_rank() over (
            order by
                sides.rule_code,
                sides.subject,
                case when sides.subject_by in ('row', 'parent_row') then sides.table_name end
        ) as comparison_number,
        cast(dense_rank() over (order by sides.table_name) as bigint) * 1000000000 as first_place
    from {{ ref('reconciliation_sides') }} as sides
    inner join {{ ref('reconciliation_rules') }} as rules
        on sides.rule_code = rules.rule_code
),

comparisons as (
    select
        sides.comparison_number,
        sides.column_number,
        sides.rule_code,
        sides.subject as named_subject,
        rules.family,
        rules.comparison,
        rules.unmatched,
        max(case when sides.subject_by in ('row', 'parent_row') then sides.table_name end)
            as table_of_rows
    from numbered_sides as sides
    inner join {{ ref('reconciliation_rules') }} as rules
        on sides.rule_code = rules.rule_code
    group by all
),

numbered_disclosures as (
    select
        disclosure_id,
        stage,
        row_number() over (order by disclosure_id) as disclosure_number
    from {{ ref('dim_disclosures') }}
)
{%- endmacro %}

{# Both sides of each comparison, disclosure and subject, summed: `compared`. #}
{% macro compared_amounts() -%}
amounts_on_sides as (
    select
        sides.comparison_number,
        disclosures.disclosure_number,
        case sides.subject_by
            when 'row' then amounts.row_key
            when 'parent_row' then amounts.parent_row_key
            when 'account' then amounts.account_code
            when 'class' then amounts.class_code
        end as subject_key,
        sides.is_stated,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        amounts.amount_yuan,
        amounts.half_unit,
        {{ yuan_per('amounts.unit') }} as yuan_per_unit,
        sides.first_place + amounts.row_number as place
    from {{ ref('int_amounts_of_all_forms') }} as amounts
    inner join numbered_disclosures as disclosures
        on amounts.disclosure_id = disclosures.disclosure_id
    inner join numbered_sides as sides
        on
            amounts.table_name = sides.table_name
            and {{ is_judged_form('amounts', 'sides') }}
            and amounts.measure = sides.measure
            and (sides.side is null or amounts.side = sides.side)
            and (sides.row_role is null or amounts.row_role = sides.row_role)
            and (sides.level is null or amounts.level = sides.level)
            and (sides.line is null or amounts.line = sides.line)
            and (sides.account_code is null or amounts.account_code = sides.account_code)
            -- Under a code that was misprinted stands another account.
            and (
                sides.account_words is null
                or coalesce(amounts.account_name like '%' || sides.account_words || '%', true)
            )
    where
        amounts.row_role in ('leaf', 'subtotal', 'total')
        and case sides.subject_by
            when 'parent_row' then amounts.parent_row_key is not null
            when 'account' then amounts.account_code is not null
            when 'class' then amounts.class_code is not null
            else true
        end
),

compared as (
    select
        comparison_number,
        disclosure_number,
        subject_key,
        {{ wide_yuan('sum(case when is_stated then amount_yuan end)') }} as stated_yuan,
        {{ wide_yuan('sum(case when not is_stated then amount_yuan end)') }} as computed_yuan,
        count(case when is_stated then 1 end) as stated_rows,
        count(case when not is_stated then 1 end) as computed_rows,
        count(amount_yuan) as figures,
        least(count(amount_yuan), count(nullif(amount_yuan, 0)) + 1) as rounded_figures,
        max({{ has_no_value() }}) as lacks_value,
        max(half_unit) as half_unit,
        min(half_unit) as finest_half_unit,
        max(case when amount_yuan <> 0 then half_unit end) as coarsest_half_unit,
        min(yuan_per_unit) <> max(yuan_per_unit) as has_two_units,
        coalesce(max(yuan_per_unit) > 1, false) as is_rounded,
        min(case when is_stated then place end) as stated_place,
        min(case when not is_stated then place end) as computed_place
    from amounts_on_sides
    group by comparison_number, disclosure_number, subject_key
)
{%- endmacro %}

{# What came of each of the compared in `relation`, still by number: `outcomes`. #}
{% macro outcomes_of_compared(relation) -%}
-- Printed sides, over all subjects of a comparison. Within one table a comparison needs a
-- figure among its parts: some print the total of a row and no parts.
printed_columns as (
    select
        comparisons.rule_code,
        comparisons.column_number,
        compared.disclosure_number,
        sum(compared.stated_rows) as stated_rows,
        sum(compared.computed_rows) as computed_rows,
        count(compared.computed_yuan) > 0 or max(comparisons.family) <> 'within_table'
            as has_computed
    from {{ relation }} as compared
    inner join comparisons
        on compared.comparison_number = comparisons.comparison_number
    group by comparisons.rule_code, comparisons.column_number, compared.disclosure_number
),

-- The sides of a rule that a document prints: without one of them there is nothing to compare.
printed_sides as (
    select
        rule_code,
        disclosure_number,
        sum(stated_rows) > 0 and sum(computed_rows) > 0 as has_both
    from printed_columns
    group by all
),

-- A side that adds up several tables needs each that the rule names; a row within one table does not
-- ask for another.
tables_of_columns as (
    select
        sides.rule_code,
        sides.column_number,
        sides.table_name,
        max(coalesce(' ' || rules.needed_tables || ' ' like '% ' || sides.table_name || ' %', false))
            as is_needed
    from numbered_sides as sides
    inner join {{ ref('reconciliation_rules') }} as rules
        on sides.rule_code = rules.rule_code
    where rules.family <> 'within_table'
    group by sides.rule_code, sides.column_number, sides.table_name
),

printed_tables as (
    select
        disclosures.disclosure_number,
        amounts.table_name
    from {{ ref('int_amounts_of_all_forms') }} as amounts
    inner join numbered_disclosures as disclosures
        on amounts.disclosure_id = disclosures.disclosure_id
    group by all
),

missing_tables as (
    select
        printed_sides.disclosure_number,
        tables_of_columns.column_number,
        max(tables_of_columns.is_needed) as is_needed
    from printed_sides
    inner join tables_of_columns
        on printed_sides.rule_code = tables_of_columns.rule_code
    left join printed_tables
        on
            printed_sides.disclosure_number = printed_tables.disclosure_number
            and tables_of_columns.table_name = printed_tables.table_name
    where printed_tables.table_name is null
    group by printed_sides.disclosure_number, tables_of_columns.column_number
),

-- Own revenue lets an organization spend beyond its appropriation.
own_revenues as (
    select
        disclosures.disclosure_number,
        sum(amounts.amount_yuan) > 0 as has_own_revenue
    from {{ ref('fct_published_amounts') }} as amounts
    inner join numbered_disclosures as disclosures
        on amounts.disclosure_id = disclosures.disclosure_id
    where
        (
            amounts.table_name = 'revenue_by_function'
            and amounts.row_role = 'total'
            and amounts.measure in ('institution_revenue', 'business_revenue', 'other_revenue')
        )
        or (
            amounts.table_name = 'revenue_expenditure_summary'
            and amounts.side = 'revenue'
            and amounts.line in (
                'institution_revenue', 'business_revenue', 'other_revenue', 'carryover_in'
            )
        )
    group by all
),

-- An account that seems to be missing may be a row whose code could not be read.
disclosures_with_unplaced_rows as (
    select distinct disclosures.disclosure_number
    from {{ ref('fct_published_amounts') }} as amounts
    inner join numbered_disclosures as disclosures
        on amounts.disclosure_id = disclosures.disclosure_id
    where amounts.row_role = 'unplaced'
),

comparable_columns as (
    select
        printed_columns.disclosure_number,
        printed_columns.column_number,
        unplaced.disclosure_number is not null as has_unplaced_rows,
        printed_sides.has_both and printed_columns.has_computed as has_both_sides,
        case
            when printed_sides.has_both then coalesce(missing_tables.is_needed, false)
            else missing_tables.column_number is not null
        end as misses_table,
        coalesce(own_revenues.has_own_revenue, false) as has_own_revenue
    from printed_columns
    inner join printed_sides
        on
            printed_columns.rule_code = printed_sides.rule_code
            and printed_columns.disclosure_number = printed_sides.disclosure_number
    left join missing_tables
        on
            printed_columns.disclosure_number = missing_tables.disclosure_number
            and printed_columns.column_number = missing_tables.column_number
    left join own_revenues
        on printed_columns.disclosure_number = own_revenues.disclosure_number
    left join disclosures_with_unplaced_rows as unplaced
        on printed_columns.disclosure_number = unplaced.disclosure_number
),

toleranced as (
    select
        compared.comparison_number,
        compared.disclosure_number,
        compared.subject_key,
        comparisons.unmatched,
        comparable_columns.has_both_sides,
        comparable_columns.misses_table,
        comparable_columns.has_unplaced_rows,
        compared.stated_yuan,
        compared.computed_yuan,
        compared.stated_rows,
        compared.computed_rows,
        compared.stated_place,
        compared.computed_place,
        compared.has_two_units,
        -- Forms of projects are of any shape: a total that was not read may well be printed.
        compared.lacks_value
        or (comparisons.family = 'projects' and compared.stated_yuan is null) as lacks_value,
        coalesce(compared.stated_yuan, 0) - coalesce(compared.computed_yuan, 0) as gap_yuan,
        case
            when comparisons.comparison = '=' then true
            when comparisons.comparison = '>=' then false
            else not comparable_columns.has_own_revenue
        end as is_equality,
        -- Exact within one unit; across units the coarser one's rounding; a sum of figures rounded
        -- to 万元 and the like may miss by half a unit for each of them and for the total, whose zeros
        -- are but one. Beside 21.56 a 25 is 25.00: its zeros were not printed. Final accounts are
        -- kept in yuan, and each of their tables is rounded on its own.
        cast(
            case
                when compared.has_two_units then compared.half_unit
                when
                    compared.is_rounded
                    and (compared.figures > 2 or disclosures.stage = 'final_accounts')
                    then compared.finest_half_unit * compared.rounded_figures
                -- In yuan one decimal beside two: nobody can tell a dropped zero from a rounded
                -- digit.
                when
                    not compared.is_rounded
                    and compared.coarsest_half_unit = 0.05
                    and compared.finest_half_unit < compared.coarsest_half_unit
                    then compared.coarsest_half_unit
                else 0
            end as decimal(18, 2)
        ) as tolerance_yuan
    from {{ relation }} as compared
    inner join comparisons
        on compared.comparison_number = comparisons.comparison_number
    inner join comparable_columns
        on
            comparisons.column_number = comparable_columns.column_number
            and compared.disclosure_number = comparable_columns.disclosure_number
    inner join numbered_disclosures as disclosures
        on compared.disclosure_number = disclosures.disclosure_number
    where compared.figures > 0
),

outcomes as (
    select
        comparison_number,
        disclosure_number,
        subject_key,
        case
            when unmatched = 'where_stated' and stated_rows = 0 then 'not_applicable'
            when misses_table or lacks_value then 'insufficient_data'
            when has_unplaced_rows and (stated_rows = 0 or computed_rows = 0)
                then 'insufficient_data'
            -- The tables were read, and do not print the line, column or sum.
            when not has_both_sides then 'not_applicable'
            when unmatched = 'skip' and (stated_rows = 0 or computed_rows = 0)
                then 'not_applicable'
            when gap_yuan = 0 then 'pass'
            when not is_equality and gap_yuan > 0 then 'pass'
            when abs(gap_yuan) > tolerance_yuan then 'fail'
            when has_two_units then 'pass'
            else 'hint'
        end as outcome,
        -- Both sides are one quantity, so that a slip of the unit shows between them.
        case
            when stated_yuan > 0 and computed_yuan > 0
                then {{ is_unit_slip('stated_yuan', 'computed_yuan') }}
        end as is_slip,
        stated_yuan,
        computed_yuan,
        gap_yuan,
        tolerance_yuan,
        -- The judge's figure: by how many fen the comparison misses what the tolerance allows.
        {{ excess_fen('gap_yuan', 'tolerance_yuan', 'is_equality') }} as excess_fen,
        stated_rows,
        computed_rows,
        stated_place,
        computed_place
    from toleranced
)
{%- endmacro %}

{# What a reader is shown of some outcomes, names in the place of numbers: `shown_outcomes`, `slips`. #}
{% macro shown_outcomes(relation) -%}
first_places as (
    select distinct
        table_name,
        first_place
    from numbered_sides
),

places as (
    select
        disclosures.disclosure_number,
        tables.first_place + amounts.row_number as place,
        amounts.table_name,
        amounts.row_number,
        min(amounts.source_ref) as source_ref
    from {{ ref('fct_published_amounts') }} as amounts
    inner join numbered_disclosures as disclosures
        on amounts.disclosure_id = disclosures.disclosure_id
    inner join first_places as tables
        on amounts.table_name = tables.table_name
    group by
        disclosures.disclosure_number, tables.first_place, amounts.row_number, amounts.table_name
),

shown_outcomes as (
    select
        comparisons.rule_code,
        comparisons.family,
        disclosures.disclosure_id,
        concat_ws(
            ' ',
            case when outcomes.subject_key is not null then comparisons.table_of_rows end,
            outcomes.subject_key,
            comparisons.named_subject
        ) as subject,
        concat_ws(
            '|',
            case
                when outcomes.subject_key is null then 'one_name'
                when comparisons.table_of_rows is null and comparisons.named_subject is null
                    then 'one_name'
                when comparisons.table_of_rows is null or comparisons.named_subject is null
                    then 'two_names'
                else 'three_names'
            end,
            case when outcomes.subject_key is not null then comparisons.table_of_rows end,
            replace(outcomes.subject_key, '|', chr(31)),
            comparisons.named_subject
        ) as coded_subject,
        outcomes.outcome,
        outcomes.is_slip,
        {{ shown_yuan('outcomes.stated_yuan') }} as stated_yuan,
        {{ shown_yuan('outcomes.computed_yuan') }} as computed_yuan,
        {{ shown_yuan('outcomes.gap_yuan') }} as gap_yuan,
        outcomes.tolerance_yuan,
        outcomes.excess_fen,
        {%- for side in ['stated', 'computed'] %}
        {{ place_text(
            side ~ '_places.table_name', side ~ '_places.source_ref', 'outcomes.' ~ side ~ '_rows'
        ) }} as {{ side }}_source,
        {{ side }}_places.table_name as {{ side }}_table_name,
        {{ side }}_places.row_number as {{ side }}_row_number,
        {{ side }}_places.source_ref as {{ side }}_source_ref,
        cast(outcomes.{{ side }}_rows as integer) as {{ side }}_row_count
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }} as outcomes
    inner join comparisons
        on outcomes.comparison_number = comparisons.comparison_number
    inner join numbered_disclosures as disclosures
        on outcomes.disclosure_number = disclosures.disclosure_number
    left join places as stated_places
        on
            outcomes.disclosure_number = stated_places.disclosure_number
            and outcomes.stated_place = stated_places.place
    left join places as computed_places
        on
            outcomes.disclosure_number = computed_places.disclosure_number
            and outcomes.computed_place = computed_places.place
),

-- One sum may be printed twice, and is one finding.
slips as (
    select
        'UC-04' as rule_code,
        'units' as family,
        disclosure_id,
        subject,
        coded_subject,
        'fail' as outcome,
        max(stated_yuan) as stated_yuan,
        max(computed_yuan) as computed_yuan,
        {{ shown_yuan('max(stated_yuan) - max(computed_yuan)') }} as gap_yuan,
        cast(0 as decimal(18, 2)) as tolerance_yuan,
        {{ excess_fen('max(stated_yuan) - max(computed_yuan)', '0') }} as excess_fen,
        {%- for side in ['stated', 'computed'] %}
        min({{ side }}_source) as {{ side }}_source,
        {%- for column in ['table_name', 'row_number', 'source_ref', 'row_count'] %}
        min_by({{ side }}_{{ column }}, {{ side }}_source) as {{ side }}_{{ column }}
        {{- ',' if not loop.last }}
        {%- endfor %}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from shown_outcomes
    where is_slip
    group by disclosure_id, subject, coded_subject
)
{%- endmacro %}

{# The columns of `shown_outcomes` and `slips` that are amounts of money. #}
{% macro amounts_of_comparisons() -%}
    {{ return(['stated_yuan', 'computed_yuan', 'gap_yuan', 'tolerance_yuan']) }}
{%- endmacro %}

{# The columns of `shown_outcomes` and `slips` that say where both sides stand: in one document. #}
{% macro places_of_comparisons() -%}
    {{ return(
        ['stated_source', 'computed_source']
        + place_columns() | reject('equalto', 'computed_disclosure_id') | list
    ) }}
{%- endmacro %}
