{#
    What a check says is a phrase of `phrases.csv` and what stands in it, so that it can be read in either
    language: `said` makes `phrase|first|second|third`, and `printed` marks what a document says itself.
    A text without a mark is shown as it is.
#}

{# A phrase with what stands in it; `|` inside of a parameter is kept apart. #}
{% macro said(phrase, parameters=[]) -%}
    '{{ phrase }}'
    {%- for parameter in parameters %} || '|' || {{ as_parameter(parameter) }}{% endfor %}
    {%- if not parameters %} || '|'{% endif %}
{%- endmacro %}

{# What a document says itself, in its own words. #}
{% macro printed(text) -%}
    '|' || replace(cast({{ text }} as string), '|', chr(31))
{%- endmacro %}

{% macro as_parameter(text) -%}
    coalesce(replace(cast({{ text }} as string), '|', chr(31)), '')
{%- endmacro %}

{# How many things a phrase may say at most. #}
{% macro parameter_count() -%}
    {{ return(4) }}
{%- endmacro %}

{# A part of a text: 0 for what comes first in the phrase. #}
{% macro parameter_of(text, position) -%}
    replace(split_part({{ text }}, '|', {{ position + 2 }}), chr(31), '|')
{%- endmacro %}

{% macro phrase_of(text) -%}
    split_part({{ text }}, '|', 1)
{%- endmacro %}

{# The words of a text: the template of its phrase with the parameters in it. #}
{% macro in_words(text, template, parameters=none) -%}
    {%- set words = namespace(sql="coalesce(" ~ template ~ ", '{0}')") -%}
    {%- for position in range(parameter_count()) -%}
        {%- set parameter = parameters[position] if parameters else parameter_of(text, position) -%}
        {%- set words.sql = "replace(" ~ words.sql ~ ", '{" ~ position ~ "}', " ~ parameter ~ ")" -%}
    {%- endfor -%}
    case when {{ text }} like '%|%' then {{ words.sql }} else {{ text }} end
{%- endmacro %}

{# The checks of a family's rules, their texts in English beside what they are made of. #}
{% macro checks_of_rules(rules) -%}
    {%- set texts = ['subject', 'stated_text', 'computed_text'] -%}
with checks as (
    {{ united_rules(rules) }}
)

select
    checks.rule_code,
    checks.disclosure_id,
    {{ in_words('checks.subject', 'subject_phrases.phrase_text') }} as subject,
    checks.outcome,
    checks.stated_yuan,
    checks.computed_yuan,
    checks.gap_yuan,
    checks.tolerance_yuan,
    checks.excess_fen,
    {%- for text in texts if text != 'subject' %}
    {{ in_words('checks.' ~ text, text ~ '_phrases.phrase_text') }} as {{ text }},
    {%- endfor %}
    checks.stated_source,
    checks.computed_source,
    {%- for column in place_columns() %}
    checks.{{ column }},
    {%- endfor %}
    {%- for text in texts %}
    checks.{{ text }} as coded_{{ text }}{{ ',' if not loop.last }}
    {%- endfor %}
from checks
{%- for text in texts %}
left join {{ ref('int_phrases') }} as {{ text }}_phrases
    on {{ phrase_of('checks.' ~ text) }} = {{ text }}_phrases.phrase
{%- endfor %}
{%- endmacro %}

{# A parameter as a Chinese reader calls it: by its label, a numbered row by its number. #}
{% macro in_chinese(parameter, label) -%}
    coalesce(
        {{ label }},
        case
            when {{ parameter }} like 'row %' then '第' || substr({{ parameter }}, 5) || '行'
            else trim({{ parameter }})
        end
    )
{%- endmacro %}

{# Up to three names, those that are not null, one after another. #}
{% macro listed(names) -%}
    {%- set kept_apart = [] -%}
    {%- for name in names -%}
        {%- do kept_apart.append("replace(" ~ name ~ ", '|', chr(31))") -%}
    {%- endfor -%}
    {%- set joined_names = "concat_ws('|', " ~ kept_apart | join(', ') ~ ")" -%}
    case
        when {{ joined_names }} like '%|%|%' then 'three_listed|'
        when {{ joined_names }} like '%|%' then 'two_listed|'
        else 'one_name|'
    end || {{ joined_names }}
{%- endmacro %}

{#
    A place as a Chinese reader calls it. A `source_ref` is what the raw CSVs have: `p.7 r.3`, `line 27`,
    `lines 3-9`, `sheet 收支总表 r.5`.
#}
{% macro place_in_chinese(table_label, source_ref, row_count) -%}
    concat_ws(
        '',
        {{ table_label }},
        case
            when {{ source_ref }} like 'p.% r.%'
                then '第' || replace(substr({{ source_ref }}, 3), ' r.', '页第') || '行'
            when {{ source_ref }} like 'p.%' then '第' || substr({{ source_ref }}, 3) || '页'
            when {{ source_ref }} like 'lines %'
                then '第' || replace(substr({{ source_ref }}, 7), '-', '至') || '行'
            when {{ source_ref }} like 'line %' then '第' || substr({{ source_ref }}, 6) || '行'
            when {{ source_ref }} like 'sheet % r.%'
                then '工作表“' || replace(substr({{ source_ref }}, 7), ' r.', '”第') || '行'
            when {{ source_ref }} = 'the whole document' then '全文'
            when {{ source_ref }} = 'not in the department' then '部门文件中没有'
            else {{ source_ref }}
        end,
        case
            when {{ row_count }} > 1 then '及另外' || cast({{ row_count }} - 1 as string) || '处'
        end
    )
{%- endmacro %}
