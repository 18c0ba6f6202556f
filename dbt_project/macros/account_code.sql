{#
    The full code of an account from its printed parts. A part is either two digits to append (or one,
    where a spreadsheet lost the zero), or the whole code down to its level (20805 beside 208), which
    some documents repeat in every column.
#}
{% macro account_code(parts) -%}
    {%- set appended = [] -%}
    {%- for part in parts -%}
        {%- set digits = part if loop.first else "lpad(" ~ part ~ ", 2, '0')" -%}
        {%- do appended.append("coalesce(case when length(" ~ part ~ ") <= 3 then " ~ digits ~ " end, '')") -%}
    {%- endfor -%}
    nullif(
        coalesce(
            {%- for part in parts | reverse %}
            case when length({{ part }}) > 3 then {{ part }} end,
            {%- endfor %}
            {{ appended | join(' || ') }}
        ), ''
    )
{%- endmacro %}
