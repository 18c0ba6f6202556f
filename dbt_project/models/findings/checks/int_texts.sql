-- One row per text of what did not pass: its words in English and in Chinese.
with texts as (
    {%- for text in ['coded_subject', 'coded_stated_text', 'coded_computed_text', 'coded_reason'] %}
        select {{ text }} as coded_text
        from {{ ref('int_outcomes') }}
        where {{ text }} is not null
        {{ 'union' if not loop.last }}
    {%- endfor %}
),

-- What a parameter may be the name of: an account, a table, or anything else that has a label.
labels as (
    select
        name,
        min(case kind when 'table' then '《' || label_zh || '》' else label_zh end) as label_zh
    from {{ ref('labels') }}
    where kind in (
        'table', 'passage', 'measure', 'stage', 'direction', 'organization_type', 'phrase'
    )
    group by name
),

-- The tables that a rule needs, as one list.
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
),

parameters as (
    select
        coded_text,
        {{ phrase_of('coded_text') }} as phrase,
        {%- for position in range(4) %}
            {{ parameter_of('coded_text', position) }} as parameter_{{ position }}
            {{- ',' if not loop.last }}
        {%- endfor %}
    from texts
)

select
    parameters.coded_text,
    {{ in_words('parameters.coded_text', 'phrases.phrase_text') }} as text,
    {{ in_words(
        'parameters.coded_text',
        'phrases.phrase_zh',
        [
            in_chinese('parameters.parameter_0', 'first_names.label_zh'),
            in_chinese('parameters.parameter_1', 'second_names.label_zh'),
            in_chinese('parameters.parameter_2', 'third_names.label_zh'),
            in_chinese('parameters.parameter_3', 'fourth_names.label_zh'),
        ]
    ) }} as text_zh
from parameters
left join {{ ref('int_phrases') }} as phrases
    on parameters.phrase = phrases.phrase
left join names as first_names
    on parameters.phrase <> '' and parameters.parameter_0 = first_names.name
left join names as second_names
    on parameters.parameter_1 = second_names.name
left join names as third_names
    on parameters.parameter_2 = third_names.name
left join names as fourth_names
    on parameters.parameter_3 = fourth_names.name
