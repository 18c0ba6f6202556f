{#
    Values as printed, read as numbers. Landing has refused whatever these cannot read, so every cast
    here is a hard one: a value that slips through stops the build instead of becoming null.
#}

{# Digits, point, sign and brackets in ASCII; spaces of every width and thousands separators gone. #}
{% macro printed_digits(column) -%}
    translate({{ column }}, '０１２３４５６７８９．（）－—–−，, 　 ', '0123456789.()----')
{%- endmacro %}

{# Whole digits and nothing else: nearly every code and number, and read at a tenth of the cost. #}
{% macro is_plain_number(column) -%}
    {{ matches(column, '[0-9]+') }}
{%- endmacro %}

{#
    An amount in its printed unit, exact to 0.000001; blank is null, a dash is zero, brackets are negative.
    The plain cast comes first because nearly every amount passes it, at a tenth of the cost.
#}
{% macro amount(column) -%}
    case
        when {{ column }} <> ''
            then coalesce(
                try_cast(replace({{ column }}, ',', '') as decimal(24, 6)),
                cast(
                    case
                        when {{ printed_digits(column) }} = '' then null
                        when {{ printed_digits(column) }} in ('-', '--') then '0'
                        when {{ printed_digits(column) }} like '(%)'
                            then '-' || translate({{ printed_digits(column) }}, '()', '')
                        else {{ printed_digits(column) }}
                    end as decimal(24, 6)
                )
            )
    end
{%- endmacro %}

{# One amount column as two: the figure in its printed unit, and the text as printed. #}
{% macro amount_columns(columns) -%}
    {%- for column in columns %}
    {{ amount(column) }} as {{ column }},
    {{ column }} as {{ column }}_text,
    {%- endfor %}
{%- endmacro %}

{% macro text_or_null(column) -%}
    nullif(trim(both ' 　' from {{ column }}), '')
{%- endmacro %}

{% macro whole_number(column) -%}
    cast(
        case
            when {{ is_plain_number(column) }} then {{ column }}
            else nullif({{ printed_digits(column) }}, '')
        end as integer
    )
{%- endmacro %}

{# An account code or a part of one, as digits only. #}
{% macro code(column) -%}
    case
        when {{ is_plain_number(column) }} then {{ column }}
        else nullif({{ printed_digits(column) }}, '')
    end
{%- endmacro %}

{# A date written as 2021-01-31, 2021/1/31, 2021年1月31日 or 20210131. #}
{% macro printed_date(column) -%}
    cast(
        case
            when {{ column }} like '%月%'
                then translate({{ printed_digits(column) }}, '年月日', '--')
            when length({{ printed_digits(column) }}) = 8
                and {{ printed_digits(column) }} not like '%-%'
                then substr({{ printed_digits(column) }}, 1, 4) || '-'
                    || substr({{ printed_digits(column) }}, 5, 2) || '-'
                    || substr({{ printed_digits(column) }}, 7, 2)
            else nullif(translate({{ printed_digits(column) }}, '/.', '--'), '')
        end as date
    )
{%- endmacro %}

{# How many yuan one printed unit is worth. #}
{% macro yuan_per(unit) -%}
    case {{ unit }} when '万元' then 10000 else 1 end
{%- endmacro %}

{# An amount in yuan from an amount in its printed unit. #}
{% macro in_yuan(column, unit) -%}
    cast(round({{ column }} * {{ yuan_per(unit) }}, 2) as decimal(18, 2))
{%- endmacro %}

{# A name with spaces of every width out and brackets of one width, so that typing variants are equal. #}
{% macro comparable_name(column) -%}
    case
        when {{ matches(column, '[一-龥]*') }} then {{ column }}  -- nearly every name, and faster
        else translate({{ column }}, '（）【】〔〕，：；　 ', '()[][],:;')
    end
{%- endmacro %}
