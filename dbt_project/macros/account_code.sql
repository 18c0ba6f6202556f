{#
    The full code of an account from its printed parts: 3 digits for a class and 2 more for each level
    below it. A part is either two digits to append (or one, where a spreadsheet lost the zero), or the
    whole code down to its level (20805 beside 208), which some documents repeat in every column. Null
    where the parts alone make no code; the rows above may complete one (`int_completed_codes`).
#}
{% macro account_code(parts) -%}
    {%- set digits = [] -%}
    {%- for part in parts -%}
        {%- do digits.append(leading_code(part)) -%}
    {%- endfor -%}
    case
        when {{ matches("concat_ws('', " ~ parts | join(', ') ~ ")", '[0-9]*') }}
            then {{ code_of_digits(parts) }}
        -- A part that is printed and no code leaves nobody to say whose row it is.
        when
            {%- for part in parts %}
            {{ 'and ' if not loop.first }}({{ part }} is null or {{ digits[loop.index0] }} is not null)
            {%- endfor %}
            then {{ code_of_digits(digits) }}
    end
{%- endmacro %}

{# The full code of an economic account; some divide an item further, and print four digits below the class. #}
{% macro economic_code(class_part, item_part) -%}
    case
        when length({{ class_part }}) = 3 and {{ matches(item_part, '[0-9]{4}') }}
            then {{ class_part }} || {{ item_part }}
        else {{ account_code([class_part, item_part]) }}
    end
{%- endmacro %}

{# The same of parts that are digits or null. The longest code that a part holds leads. #}
{% macro code_of_digits(parts) -%}
    case
        {%- for part in parts | reverse %}
            {%- set position = loop.revindex0 %}
            {%- for length in [7, 5, 3] if length > 3 or position == 0 %}
                {%- set deeper = parts[[(length - 1) // 2, position + 1] | max:] %}
                {%- set gap = [] %}
                {%- for one in deeper[1:] %}
                    {%- do gap.append(deeper[loop.index0] ~ " is null and " ~ one ~ " is not null") %}
                {%- endfor %}
        when length({{ part }}) = {{ length }}{% for one in gap %} and not ({{ one }}){% endfor %}
            then {{ part }}
                {%- for one in deeper %} || {{ appended_digits(one) }}{% endfor %}
            {%- endfor %}
        when length({{ part }}) > 2 then null
        {%- endfor %}
    end
{%- endmacro %}

{# Two digits to append to a code: none for a part left out, null for one that is neither. #}
{% macro appended_digits(part) -%}
    case when {{ part }} is null then '' else {{ two_digits(part) }} end
{%- endmacro %}

{# A part of a code as two digits; null where it is none. #}
{% macro two_digits(part) -%}
    case when length({{ part }}) <= 2 then lpad({{ part }}, 2, '0') end
{%- endmacro %}

{#
    The digits of a printed part of a code. Some print code and name in one cell (`2140101-行政运行`);
    of a class alone the sign between them is needed, or 301医院 would be one.
#}
{% macro leading_code(part) -%}
    case
        when {{ is_plain_number(part) }} then {{ part }}
        else coalesce(
            nullif({{ captured(part, '^([235][0-9]{4}([0-9]{2})?)([^0-9].*)?$', 1) }}, ''),
            nullif({{ captured(part, '^([235][0-9]{2})[^0-9a-zA-Z一-龥].*$', 1) }}, '')
        )
    end
{%- endmacro %}

{# Whether a row without a code is the total of its table, by its name. #}
{% macro is_total_name(name) -%}
    coalesce(
        {{ comparable_name(name) }} in (
            '合计',
            '总计',
            '支出合计',
            '收入合计',
            '支出总计',
            '收入总计',
            '本年支出合计',
            '本年收入合计'
        ),
        false
    )
{%- endmacro %}
