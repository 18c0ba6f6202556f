-- One row per text of what did not pass: its words in English and in Chinese.
with texts as (
    {%- for text in ['coded_subject', 'coded_stated_text', 'coded_computed_text', 'coded_reason'] %}
        select {{ text }} as coded_text
        from {{ ref('int_outcomes') }}
        where {{ text }} is not null
        {{ 'union' if not loop.last }}
    {%- endfor %}
),

parameters as (
    select
        coded_text,
        {%- for position in range(parameter_count()) %}
            {{ parameter_of('coded_text', position) }} as parameter_{{ position }},
        {%- endfor %}
        {{ phrase_of('coded_text') }} as phrase
    from texts
),

-- What a parameter may be the name of: an account, a table, or anything else that has a label.
labels as (
    select
        name,
        min(case kind when 'table' then '《' || label_zh || '》' else label_zh end) as label_zh
    from {{ ref('labels') }}
    where
        kind in (
            'table', 'passage', 'measure', 'stage', 'direction', 'organization_type', 'phrase'
        )
    group by name
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

-- The tables that a rule needs, and the totals that stand together on one side, as one list each.
lists as (
    select
        rules.needed_tables as name,
        replace({{ joined("'《' || tables.label_zh || '》'") }}, '|', '、') as label_zh
    from {{ ref('reconciliation_rules') }} as rules
    inner join {{ ref('labels') }} as tables
        on
            tables.kind in ('table', 'passage')
            and ' ' || rules.needed_tables || ' ' like '% ' || tables.name || ' %'
    where rules.needed_tables like '% %'
    group by rules.needed_tables
    union all
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

accounts as (
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

names as (
    select
        name,
        min(label_zh) as label_zh
    from (
        select * from labels
        union all
        select * from lists
        union all
        select * from accounts
    ) as named
    group by name
)

select
    parameters.coded_text,
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
-- What a document prints, a text without a phrase, is the name of nothing.
{%- for position in range(parameter_count()) %}
    left join names as names_{{ position }}
        on
            parameters.phrase <> ''
            and parameters.parameter_{{ position }} = names_{{ position }}.name
{%- endfor %}
