-- One row per printed figure, rule that compared it and what with; per figure alone where none did.
-- More than 150 lines: a figure may stand in tables, prose or forms, and take part in sums.
{{ config(
    schema='reconciliations',
    materialized='view',
    contract={'enforced': false},
    enabled=target.type == 'duckdb',
) }}
{%- set families = [
    'across_tables', 'three_public', 'narrative', 'across_years', 'projects',
] %}
{%- set claim_figures = {
    'amount_yuan': 'amount_text',
    'base_amount_yuan': 'base_amount_text',
    'change_yuan': 'change_text',
    'change_ratio': 'change_percent_text',
    'completion_ratio': 'completion_percent_text',
} %}
{#- Compared figures that are no money: by rule the columns of the place that it names. -#}
{%- set compared_columns = {
    'NT-10': ['amount_yuan', 'base_amount_yuan', 'change_yuan', 'change_ratio'],
    'NT-29': ['amount_yuan', 'base_amount_yuan', 'completion_ratio'],
    'NT-16': ['numeric_value'],
    'NT-17': ['numeric_value'],
    'NT-19': ['numeric_value'],
    'NT-40': ['numeric_value'],
    'PJ-13': ['score'],
    'PJ-18': ['numeric_value'],
    'PJ-19': ['numeric_value'],
} %}
with {{ numbered_comparisons() }},

{{ compared_amounts() }},

{{ outcomes_of_compared('compared') }},

figures as (
    select
        disclosure_id,
        case table_name when 'projects' then 'forms' else 'tables' end as kind,
        table_name,
        row_number,
        measure,
        printed_text,
        amount_yuan,
        source_ref
    from {{ ref('fct_published_amounts') }}
    where amount_yuan is not null or null_kind is null
    {%- for column, text in claim_figures.items() %}
        union all
        select
            disclosure_id,
            'prose' as kind,
            'narrative_claims' as table_name,
            claim_number as row_number,
            '{{ column }}' as measure,
            {{ text }} as printed_text,
            {{ column if column.endswith('_yuan') else 'null' }} as amount_yuan,
            source_ref
        from {{ ref('fct_narrative_claims') }}
        where {{ column }} is not null
    {%- endfor %}
    union all
    select
        disclosure_id,
        'prose' as kind,
        'statements' as table_name,
        statement_number as row_number,
        'numeric_value' as measure,
        value_text as printed_text,
        null as amount_yuan,
        source_ref
    from {{ ref('fct_statements') }}
    where numeric_value is not null
    {%- for table_name, model, number in [
        ('projects', 'fct_projects', 'project_number'),
        ('performance_targets', 'fct_performance_targets', 'indicator_number'),
    ] %}
        union all
        select
            disclosure_id,
            'forms' as kind,
            '{{ table_name }}' as table_name,
            {{ number }} as row_number,
            'score' as measure,
            score_text as printed_text,
            null as amount_yuan,
            source_ref
        from {{ ref(model) }}
        where score is not null
    {%- endfor %}
),

-- A rule may be barred from a document for its stage, year, region or a table read in part.
executed_rules as (
    select distinct
        rule_code,
        disclosure_id
    from {{ ref('fct_reconciliations') }}
    where outcome in ('pass', 'hint', 'fail') and checked_count > 0
),

first_places as (
    select distinct
        table_name,
        first_place
    from numbered_sides
),

-- Printed amounts that one rule compares: each is on one of two sides, alone or in a sum.
compared_figures as (
    select
        disclosures.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        comparisons.rule_code,
        outcomes.outcome,
        case when amounts.is_stated then outcomes.stated_rows else outcomes.computed_rows end
            as addend_count,
        case when amounts.is_stated then outcomes.computed_place else outcomes.stated_place end
            as other_place,
        case when amounts.is_stated then outcomes.computed_rows else outcomes.stated_rows end
            as other_row_count,
        case when amounts.is_stated then outcomes.computed_yuan else outcomes.stated_yuan end
            as other_yuan
    from amounts_on_sides as amounts
    inner join outcomes
        on
            amounts.comparison_number = outcomes.comparison_number
            and amounts.disclosure_number = outcomes.disclosure_number
            and amounts.subject_key is not distinct from outcomes.subject_key
    inner join comparisons
        on amounts.comparison_number = comparisons.comparison_number
    inner join numbered_disclosures as disclosures
        on amounts.disclosure_number = disclosures.disclosure_number
    where outcomes.outcome in ('pass', 'hint', 'fail') and amounts.amount_yuan is not null
),

-- Comparisons of the rules that have a model each, with the place of each side.
checks as (
    {%- for family in families %}
        select
            rule_code,
            disclosure_id,
            outcome,
            stated_yuan,
            computed_yuan,
            stated_table_name,
            stated_row_number,
            stated_row_count,
            computed_table_name,
            computed_row_number,
            computed_row_count,
            computed_disclosure_id
        from {{ ref('rec_' ~ family) }}
        where
            outcome in ('pass', 'hint', 'fail')
            and (
                (stated_yuan is not null and computed_yuan is not null)
                or rule_code in (
                    {%- for rule_code in compared_columns %}
                        '{{ rule_code }}'{{ ',' if not loop.last }}
                    {%- endfor %}
                )
            )
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

sides_of_checks as (
    {%- for side, other in [('stated', 'computed'), ('computed', 'stated')] %}
        select
            rule_code,
            disclosure_id,
            outcome,
            {{ side }}_table_name as table_name,
            {{ side }}_row_number as row_number,
            {{ side }}_yuan as amount_yuan,
            {{ side }}_row_count as addend_count,
            {{ 'computed_disclosure_id' if other == 'computed' else 'cast(null as string)' }}
                as other_disclosure_id,
            {{ other }}_table_name as other_table_name,
            {{ other }}_row_number as other_row_number,
            {{ other }}_row_count as other_row_count,
            {{ other }}_yuan as other_yuan
        from checks
        where
            stated_yuan is not null
            and computed_yuan is not null
            {{- " and computed_disclosure_id is null" if side == 'computed' }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

sums_of_forms as (
    select
        disclosure_id,
        measure,
        count(*) as form_count,
        sum(amount_yuan) as amount_yuan
    from figures
    where table_name = 'projects' and amount_yuan is not null
    group by disclosure_id, measure
),

sums_within_tables as (
    select *
    from {{ ref('rec_within_table') }}
    where
        rule_code in ('WT-25', 'WT-34', 'WT-35') and outcome in ('pass', 'hint', 'fail')
),

amounts as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        amounts.row_role,
        amounts.row_key,
        amounts.parent_row_key,
        coalesce(amounts.side, '') as side,
        amounts.amount_yuan
    from {{ ref('fct_published_amounts') }} as amounts
    where amounts.amount_yuan is not null and amounts.row_role in ('leaf', 'subtotal', 'total')
),

columns_and_parts as (
    select
        wholes.disclosure_id,
        wholes.table_name,
        wholes.row_number,
        wholes.measure as whole,
        wholes.amount_yuan as whole_yuan,
        parts.measure as part,
        parts.amount_yuan as part_yuan
    from amounts as wholes
    inner join {{ ref('int_column_parts') }} as column_parts
        on
            wholes.disclosure_id = column_parts.disclosure_id
            and wholes.table_name = column_parts.table_name
            and wholes.side = column_parts.side
            and wholes.measure = column_parts.whole
    inner join amounts as parts
        on
            wholes.disclosure_id = parts.disclosure_id
            and wholes.table_name = parts.table_name
            and wholes.side = parts.side
            and wholes.row_number = parts.row_number
            and column_parts.measure = parts.measure
    left join {{ ref('int_unfit_tables') }} as tables
        on
            wholes.disclosure_id = tables.disclosure_id
            and wholes.table_name = tables.table_name
    left join {{ ref('int_summed_columns') }} as summed
        on
            wholes.disclosure_id = summed.disclosure_id
            and wholes.table_name = summed.table_name
            and wholes.measure = summed.measure
            and summed.summed = 'columns'
    where summed.disclosure_id is null and not coalesce(tables.is_half_read, false)
),

-- The figures of the rules that add up rows or columns: their outcome names the first row only.
ties as (
    select
        compared.disclosure_id,
        compared.table_name,
        compared.row_number,
        compared.measure,
        compared.rule_code,
        compared.outcome,
        compared.addend_count,
        cast(null as string) as other_disclosure_id,
        places.table_name as other_table_name,
        compared.other_place - places.first_place as other_row_number,
        compared.other_row_count,
        compared.other_yuan
    from compared_figures as compared
    left join first_places as places
        on
            compared.other_place > places.first_place
            and compared.other_place < places.first_place + 1000000000
    union all
    select
        columns.disclosure_id,
        columns.table_name,
        columns.row_number,
        columns.whole as measure,
        'WT-33' as rule_code,
        cast(null as string) as outcome,
        1 as addend_count,
        cast(null as string) as other_disclosure_id,
        columns.table_name as other_table_name,
        columns.row_number as other_row_number,
        count(*) as other_row_count,
        sum(columns.part_yuan) as other_yuan
    from columns_and_parts as columns
    group by columns.disclosure_id, columns.table_name, columns.row_number, columns.whole
    union all
    select
        columns.disclosure_id,
        columns.table_name,
        columns.row_number,
        columns.part as measure,
        'WT-33' as rule_code,
        cast(null as string) as outcome,
        count(*) over (
            partition by
                columns.disclosure_id, columns.table_name, columns.row_number, columns.whole
        ) as addend_count,
        cast(null as string) as other_disclosure_id,
        columns.table_name as other_table_name,
        columns.row_number as other_row_number,
        1 as other_row_count,
        columns.whole_yuan as other_yuan
    from columns_and_parts as columns
    union all
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        sums.rule_code,
        sums.outcome,
        case amounts.row_role when 'total' then 1 else totals.leaf_count end as addend_count,
        cast(null as string) as other_disclosure_id,
        amounts.table_name as other_table_name,
        case amounts.row_role when 'leaf' then sums.stated_row_number end as other_row_number,
        case amounts.row_role when 'total' then totals.leaf_count else 1 end as other_row_count,
        case amounts.row_role when 'total' then sums.computed_yuan else sums.stated_yuan end
            as other_yuan
    from sums_within_tables as sums
    inner join {{ ref('fct_table_totals') }} as totals
        on
            sums.rule_code = 'WT-34'
            and sums.disclosure_id = totals.disclosure_id
            and sums.stated_table_name = totals.table_name
            and sums.stated_yuan = totals.total_yuan
            and sums.computed_yuan = totals.leaf_yuan
            and totals.total_source = 'table'
    inner join amounts
        on
            totals.disclosure_id = amounts.disclosure_id
            and totals.table_name = amounts.table_name
            and totals.measure = amounts.measure
    where
        amounts.row_role = 'leaf'
        or (amounts.row_role = 'total' and amounts.amount_yuan = totals.total_yuan)
    union all
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        sums.rule_code,
        sums.outcome,
        case when amounts.row_key = row_sums.row_key then 1 else row_sums.detail_count end
            as addend_count,
        cast(null as string) as other_disclosure_id,
        amounts.table_name as other_table_name,
        case
            when amounts.row_key = row_sums.row_key then row_sums.detail_row_number
            else row_sums.row_number
        end as other_row_number,
        case when amounts.row_key = row_sums.row_key then row_sums.detail_count else 1 end
            as other_row_count,
        case
            when amounts.row_key = row_sums.row_key then sums.computed_yuan
            else sums.stated_yuan
        end as other_yuan
    from sums_within_tables as sums
    inner join {{ ref('int_row_sums') }} as row_sums
        on
            sums.rule_code = 'WT-35'
            and sums.disclosure_id = row_sums.disclosure_id
            and sums.stated_table_name = row_sums.table_name
            and sums.stated_row_number = row_sums.row_number
            and sums.computed_row_number = row_sums.detail_row_number
            and sums.stated_yuan = row_sums.sum_yuan
            and sums.computed_yuan = row_sums.detail_yuan
    inner join amounts
        on
            row_sums.disclosure_id = amounts.disclosure_id
            and row_sums.table_name = amounts.table_name
            and row_sums.measure = amounts.measure
    where
        amounts.row_key = row_sums.row_key
        or (amounts.parent_row_key = row_sums.row_key and amounts.row_role <> 'total')
        or (row_sums.is_by_item and amounts.row_role = 'leaf')
    union all
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        amounts.measure,
        sums.rule_code,
        sums.outcome,
        1 as addend_count,
        cast(null as string) as other_disclosure_id,
        amounts.table_name as other_table_name,
        amounts.row_number as other_row_number,
        1 as other_row_count,
        case amounts.measure when 'amount' then sums.computed_yuan else sums.stated_yuan end
            as other_yuan
    from sums_within_tables as sums
    inner join amounts
        on
            sums.rule_code = 'WT-25'
            and sums.disclosure_id = amounts.disclosure_id
            and sums.stated_table_name = amounts.table_name
            and sums.stated_row_number = amounts.row_number
    union all
    -- Of a row that a check names, the figure with the amount that it compared.
    select
        figures.disclosure_id,
        figures.table_name,
        figures.row_number,
        figures.measure,
        sides.rule_code,
        sides.outcome,
        1 as addend_count,
        sides.other_disclosure_id,
        sides.other_table_name,
        sides.other_row_number,
        sides.other_row_count,
        sides.other_yuan
    from sides_of_checks as sides
    inner join figures
        on
            sides.disclosure_id = figures.disclosure_id
            and sides.table_name = figures.table_name
            and sides.row_number = figures.row_number
            and abs(sides.amount_yuan) = abs(figures.amount_yuan)
    where coalesce(sides.addend_count, 1) = 1
    union all
    select
        figures.disclosure_id,
        figures.table_name,
        figures.row_number,
        figures.measure,
        sides.rule_code,
        sides.outcome,
        sums.form_count as addend_count,
        sides.other_disclosure_id,
        sides.other_table_name,
        sides.other_row_number,
        sides.other_row_count,
        sides.other_yuan
    from sides_of_checks as sides
    inner join sums_of_forms as sums
        on
            sides.table_name = 'projects'
            and sides.disclosure_id = sums.disclosure_id
            and sides.addend_count = sums.form_count
            and sides.amount_yuan = sums.amount_yuan
    inner join figures
        on
            sums.disclosure_id = figures.disclosure_id
            and figures.table_name = 'projects'
            and sums.measure = figures.measure
    {%- for rule_code, columns in compared_columns.items() %}
        union all
        select
            figures.disclosure_id,
            figures.table_name,
            figures.row_number,
            figures.measure,
            checks.rule_code,
            checks.outcome,
            1 as addend_count,
            checks.computed_disclosure_id as other_disclosure_id,
            coalesce(checks.computed_table_name, figures.table_name) as other_table_name,
            coalesce(checks.computed_row_number, figures.row_number) as other_row_number,
            coalesce(checks.computed_row_count, 1) as other_row_count,
            cast(null as decimal(18, 2)) as other_yuan
        from checks
        inner join figures
            on
                checks.disclosure_id = figures.disclosure_id
                and checks.stated_table_name = figures.table_name
                and checks.stated_row_number = figures.row_number
                and figures.measure in (
                    {%- for column in columns %}
                        '{{ column }}'{{ ',' if not loop.last }}
                    {%- endfor %}
                )
        where checks.rule_code = '{{ rule_code }}'
    {%- endfor %}
),

executed_ties as (
    select
        ties.disclosure_id,
        ties.table_name,
        ties.row_number,
        ties.measure,
        ties.rule_code,
        ties.other_disclosure_id,
        ties.other_table_name,
        cast(ties.other_row_number as integer) as other_row_number,
        cast(max(ties.addend_count) as integer) as addend_count,
        cast(max(ties.other_row_count) as integer) as other_row_count,
        {{ shown_yuan('max(ties.other_yuan)') }} as other_yuan,
        min(ties.outcome) as outcome
    from ties
    inner join executed_rules
        on
            ties.rule_code = executed_rules.rule_code
            and ties.disclosure_id = executed_rules.disclosure_id
    group by
        ties.disclosure_id,
        ties.table_name,
        ties.row_number,
        ties.measure,
        ties.rule_code,
        ties.other_disclosure_id,
        ties.other_table_name,
        ties.other_row_number
)

select
    figures.disclosure_id,
    figures.kind,
    figures.table_name,
    figures.row_number,
    figures.measure,
    figures.printed_text,
    figures.source_ref,
    executed_ties.rule_code,
    executed_ties.addend_count,
    executed_ties.other_disclosure_id,
    executed_ties.other_table_name,
    executed_ties.other_row_number,
    executed_ties.other_row_count,
    executed_ties.other_yuan
from figures
left join executed_ties
    on
        figures.disclosure_id = executed_ties.disclosure_id
        and figures.table_name = executed_ties.table_name
        and figures.row_number = executed_ties.row_number
        and figures.measure = executed_ties.measure
