-- One row per text of what did not pass and stage of its document: its words in either language.
-- More than 150 lines: a name may stand in one of eight lists.
with outcomes as (
    select
        outcomes.*,
        disclosures.stage
    from {{ ref('int_outcomes') }} as outcomes
    inner join {{ ref('dim_disclosures') }} as disclosures
        on outcomes.disclosure_id = disclosures.disclosure_id
),

texts as (
    {%- for text in ['coded_subject', 'coded_stated_text', 'coded_computed_text', 'coded_reason'] %}
        select
            {{ text }} as coded_text,
            stage
        from outcomes
        where {{ text }} is not null
        {{ 'union' if not loop.last }}
    {%- endfor %}
),

parameters as (
    select
        coded_text,
        stage,
        {%- for position in range(parameter_count()) %}
            {{ parameter_of('coded_text', position) }} as parameter_{{ position }},
        {%- endfor %}
        {{ phrase_of('coded_text') }} as phrase
    from texts
),

-- Totals that stand together: `total_revenue and total_expenditure`.
named_totals as (
    {%- for position in range(2) %}
        select parameter_{{ position }} as name
        from parameters
        where phrase like 'sides%' and parameter_{{ position }} like '% and %'
        {{ 'union' if not loop.last }}
    {%- endfor %}
),

totals as (
    select
        totals.name,
        replace({{ joined('measures.label_zh') }}, '|', '与') as label_zh
    from named_totals as totals
    inner join {{ ref('labels') }} as measures
        on
            measures.kind = 'measure'
            and ' ' || totals.name || ' ' like '% ' || measures.name || ' %'
    group by totals.name
),

-- Tables that stand together: `projects expenditure_by_function`.
named_tables as (
    select distinct
        stage,
        parameter_0 as name
    from parameters
    where phrase = 'tables_not_printed' and parameter_0 like '% %'
),

labelled as (
    select
        name,
        label_zh
    from {{ ref('labels') }}
    where kind in ('measure', 'stage', 'direction', 'organization_type', 'phrase')
),

-- A measure without a label has the shortest of its headings.
headed as (
    select
        columns.column_name as name,
        substr(
            min(lpad(cast(length(columns.heading) as string), 4, '0') || columns.heading), 5
        ) as label_zh
    from {{ ref('raw_columns') }} as columns
    left join labelled
        on columns.column_name = labelled.name
    where columns.role = 'measure' and labelled.name is null
    group by columns.column_name
),

-- Things that a parameter may name: an account, a table or several, or anything with a label.
names_of_every_stage as (
    select
        name,
        label_zh
    from labelled
    union all
    select
        name,
        label_zh
    from headed
    union all
    select
        name,
        label_zh
    from totals
    union all
    select
        function_code as name,
        function_code || ' ' || function_name as label_zh
    from {{ ref('functions') }}
    union all
    select
        economic_code as name,
        economic_code || ' ' || economic_name as label_zh
    from {{ ref('economic_items') }}
),

stages as (
    select distinct stage
    from texts
),

names_of_stages as (
    select
        stages.stage,
        names.name,
        names.label_zh
    from names_of_every_stage as names
    cross join stages
    union all
    select
        stage,
        table_name as name,
        title_zh as label_zh
    from {{ ref('int_table_titles') }}
    union all
    select
        tables.stage,
        named_tables.name,
        replace({{ joined('tables.title_zh') }}, '|', '、') as label_zh
    from named_tables
    inner join {{ ref('int_table_titles') }} as tables
        on
            named_tables.stage = tables.stage
            and ' ' || named_tables.name || ' ' like '% ' || tables.table_name || ' %'
    group by tables.stage, named_tables.name
),

names as (
    select
        stage,
        name,
        min(label_zh) as label_zh
    from names_of_stages
    group by stage, name
)

select
    parameters.coded_text,
    parameters.stage,
    {{ in_words('parameters.coded_text', 'phrases.phrase_text') }} as text,
    {%- set in_chinese_words = [] %}
    {%- for position in range(parameter_count()) %}
        {%- do in_chinese_words.append(
            in_chinese('parameters.parameter_' ~ position, 'names_' ~ position ~ '.label_zh')
        ) %}
    {%- endfor %}
    replace(
        {{ in_words('parameters.coded_text', 'phrases.phrase_zh', in_chinese_words) }}, '》 ', '》'
    ) as text_zh
from parameters
left join {{ ref('int_phrases') }} as phrases
    on parameters.phrase = phrases.phrase
-- A printed text without a phrase is the name of nothing.
{%- for position in range(parameter_count()) %}
    left join names as names_{{ position }}
        on
            parameters.phrase <> ''
            and parameters.stage = names_{{ position }}.stage
            and parameters.parameter_{{ position }} = names_{{ position }}.name
{%- endfor %}
