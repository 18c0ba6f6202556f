{#
    Values as printed, and what each is read as. This is the only definition: beside a macro that casts
    stands the condition that a readable value meets, made of the same pieces, and landing renders these
    very macros to refuse what they cannot read. Every cast is a hard one all the same: a value that
    slips through stops the build instead of becoming null.
#}

{# Characters that documents print in place of those in `narrow_forms`, in the same order. #}
{% macro wide_forms() -%}
    {{ return(
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ'
        ~ 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＿．，（）％／：﹐﹒﹙﹚﹪－—–−'
        ~ '\u2010\u2011\u2012\u2015\u2500\u2501\ufe58\ufe63'
    ) }}
{%- endmacro %}

{% macro narrow_forms() -%}
    {{ return(
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
        ~ 'abcdefghijklmnopqrstuvwxyz_.,()%/:,.()%----'
        ~ '--------'
    ) }}
{%- endmacro %}

{# Spaces of every width but the plain one, tabs and line breaks among them. #}
{% macro wide_spaces() -%}
    {{ return(
        '\t\n\x0b\x0c\r\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008'
        ~ '\u2009\u200a\u2028\u2029\u202f\u205f\u3000'
    ) }}
{%- endmacro %}

{# What nobody sees: zero-width spaces and joiners, the byte-order mark, soft hyphens, direction marks. #}
{% macro invisible_characters() -%}
    {{ return('\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff') }}
{%- endmacro %}

{# A value in the narrow forms of its characters, each space a plain one, with none at its ends. #}
{% macro plain_text(column) -%}
    trim(
        translate(
            {{ column }},
            '{{ wide_forms() }}{{ wide_spaces() }}{{ invisible_characters() }}',
            '{{ narrow_forms() }}{{ ' ' * (wide_spaces() | length) }}'
        )
    )
{%- endmacro %}

{# The same without spaces and thousands separators. #}
{% macro printed_digits(column) -%}
    translate({{ plain_text(column) }}, ', ', '')
{%- endmacro %}

{# Whole digits and nothing else: nearly every code and number, and read at a tenth of the cost. #}
{% macro is_plain_number(column) -%}
    {{ matches(column, '[0-9]+') }}
{%- endmacro %}

{#
    The shape of an unsigned amount in plain text.

    A comma separates wherever it stands singly between digits, or before the point: documents misplace
    commas, and there is no other way to read them. Only the last comma of an amount without decimals
    stands before three digits, for it could be a decimal comma: 12,34 is refused.

    A space separates groups of three digits only, and only where two amounts side by side would not look
    the same: beside a comma, before decimals, or more than once. 919 080.72 and 35 667 021 are one
    amount; 100 200 may be two, and is refused. A space before the point says nothing.
#}
{% macro amount_shape() -%}
    [0-9]+(,[0-9]+)*,? ?[.][0-9]{1,6}
    {{- '|[0-9]+((,[0-9]+)*,[0-9]{3})?' }}
    {{- '|[0-9]{1,3}(( *, *| )[0-9]{3})* ?[.][0-9]{1,6}' }}
    {{- '|[0-9]{1,3}(( *, *| )[0-9]{3}){2,}' }}
    {{- '|[0-9]{1,3} *, *[0-9]{3}' }}
{%- endmacro %}

{# An amount without spaces and separators, its sign in front. #}
{% macro amount_digits(column) -%}
    translate({{ plain_text(column) }}, '(), ', '-')
{%- endmacro %}

{#
    An amount in its printed unit, exact to 0.000001: blank is null, dashes are zero, brackets are negative.
    The plain cast comes first because nearly every amount passes it, at a tenth of the cost.
#}
{% macro amount(column) -%}
    case
        when {{ column }} <> ''
            then coalesce(
                try_cast(replace({{ column }}, ',', '') as decimal(24, 6)),
                cast(
                    case
                        when {{ amount_digits(column) }} = '' then null
                        when {{ matches(amount_digits(column), '-+') }} then '0'
                        else {{ amount_digits(column) }}
                    end as decimal(24, 6)
                )
            )
    end
{%- endmacro %}

{#
    Whether `amount` can read a value, and what comes of it is less than 10^15 yuan: `decimal(18, 2)` holds
    it, with room for differences and sums, and no budget comes near. A longer row of digits is something
    else, or two amounts that run together.
#}
{% macro is_readable_amount(column, unit) -%}
    case
        when {{ unit }} = '元' and {{ matches(column, plain_amount(15)) }} then true
        when {{ unit }} = '万元' and {{ matches(column, plain_amount(11)) }} then true
        when {{ matches(plain_text(column), '|-[- ]*') }} then true
        else
            length({{ plain_text(column) }}) <= 40
            and {{ matches(
                plain_text(column),
                '-? *(' ~ amount_shape() ~ ')|[(] *(' ~ amount_shape() ~ ') *[)]'
            ) }}
            and coalesce(
                abs(try_cast({{ amount_digits(column) }} as decimal(24, 6)))
                * coalesce({{ yuan_per(word(unit)) }}, 1) < 1000000000000000,
                false
            )
    end
{%- endmacro %}

{# What nearly every amount looks like, of up to so many whole digits: far cheaper to ask first. #}
{% macro plain_amount(digits) -%}
    |-?([0-9]{1,{{ digits }}}|[0-9]{1,3}(,[0-9]{3}){1,{{ digits // 3 - 1 }}})([.][0-9]{1,6})?
{%- endmacro %}

{# Whether free text is a figure, signed or not, and nothing else. #}
{% macro is_figure(column, unit) -%}
    case
        when {{ column }} <> ''
            then {{ matches(plain_text(column), '-? *[0-9].*') }}
                and {{ is_readable_amount(column, unit) }}
        else false
    end
{%- endmacro %}

{# One amount column as two: the figure in its printed unit, and the text as printed. #}
{% macro amount_columns(columns) -%}
    {%- for column in columns %}
    {{ amount(column) }} as {{ column }},
    {{ column }} as {{ column }}_text,
    {%- endfor %}
{%- endmacro %}

{# A percentage as a number: 47.65 for 47.65%. #}
{% macro percent(column) -%}
    case
        when {{ column }} <> ''
            then cast(
                nullif(translate({{ printed_digits(column) }}, '%', ''), '') as decimal(18, 6)
            )
    end
{%- endmacro %}

{# A score is marks out of a hundred or of what an indicator counts; words are no score. #}
{% macro score(column) -%}
    try_cast(
        nullif({{ captured(column, '^([0-9]{1,4}([.][0-9]{1,4})?)分?$', 1) }}, '') as decimal(9, 4)
    )
{%- endmacro %}

{# A share of ten million per cent is none; the limit leaves room to multiply an amount by it. #}
{% macro is_readable_percent(column) -%}
    case
        when {{ matches(column, '|-?[0-9]{1,6}([.][0-9]{1,6})?%?') }} then true
        else
            length({{ plain_text(column) }}) <= 40
            and {{ matches(
                plain_text(column),
                '|-?([0-9]+((,[0-9]+)*,[0-9]{3})?|[0-9]+(,[0-9]+)*,?[.][0-9]{1,6}) *%?'
            ) }}
            and coalesce(
                abs(
                    try_cast(translate({{ printed_digits(column) }}, '%', '') as decimal(24, 6))
                ) < 10000000,
                {{ plain_text(column) }} = ''
            )
    end
{%- endmacro %}

{# A text without spaces of any width at its ends; null where nothing is left. #}
{% macro text_or_null(column) -%}
    case
        -- Asked first because trimming so many characters costs ten times as much.
        when left({{ column }}, 1) in ({{ blank_characters() }})
            or right({{ column }}, 1) in ({{ blank_characters() }})
            then nullif(
                trim(both ' {{ wide_spaces() }}{{ invisible_characters() }}' from {{ column }}), ''
            )
        else nullif({{ column }}, '')
    end
{%- endmacro %}

{% macro blank_characters() -%}
    '{{ (' ' ~ wide_spaces() ~ invisible_characters()) | list | join("', '") }}'
{%- endmacro %}

{# A text as printed, but for its spaces. #}
{% macro without_spaces(column) -%}
    translate({{ column }}, ' {{ wide_spaces() }}{{ invisible_characters() }}', '')
{%- endmacro %}

{% macro is_printed(column) -%}
    {{ text_or_null(column) }} is not null
{%- endmacro %}

{#
    A code as printed, its digits and spaces apart from their width. It may be of any shape: what a document
    prints wrongly is a finding.
#}
{% macro code(column) -%}
    case
        when {{ column }} = '' then null
        when {{ is_plain_number(column) }} then {{ column }}
        else nullif(replace({{ plain_text(column) }}, ' ', ''), '')
    end
{%- endmacro %}

{# A unit, or one of a closed list, apart from the width of its characters and from spaces. #}
{% macro word(column) -%}
    case
        when {{ column }} = '' then null
        when {{ matches(column, '[a-z_]+|万?元') }} then {{ column }}
        else nullif(replace({{ plain_text(column) }}, ' ', ''), '')
    end
{%- endmacro %}

{% macro is_listed(column, words) -%}
    {{ column }} in ('{{ words | join("', '") }}')
    or coalesce({{ word(column) }}, '') in ('{{ words | join("', '") }}')
{%- endmacro %}

{% macro whole_digits(column) -%}
    case
        when {{ column }} = '' then null
        when {{ is_plain_number(column) }} then {{ column }}
        else nullif({{ plain_text(column) }}, '')
    end
{%- endmacro %}

{% macro whole_number(column) -%}
    cast({{ whole_digits(column) }} as integer)
{%- endmacro %}

{% macro is_readable_year(column) -%}
    coalesce({{ matches(whole_digits(column), '(19|20)[0-9]{2}') }}, true)
{%- endmacro %}

{% macro is_readable_row_number(column) -%}
    coalesce({{ matches(whole_digits(column), '[0-9]{1,9}') }}, false)
{%- endmacro %}

{% macro is_readable_count(column) -%}
    coalesce({{ matches(whole_digits(column), '[0-9]{1,9}') }}, true)
{%- endmacro %}

{% macro is_readable_revision(column) -%}
    coalesce({{ matches(whole_digits(column), '[1-9][0-9]{0,3}') }}, false)
{%- endmacro %}

{# The day that a printed date says as 2021-01-31, if it has the shape of one. #}
{% macro spelt_day(column) -%}
    {%- set parts = '^([0-9]{4})[^0-9]*([0-9]{1,2})[^0-9]*([0-9]{1,2})' %}
    {{ captured(plain_text(column), parts, 1) }}
    || '-' || lpad({{ captured(plain_text(column), parts, 2) }}, 2, '0')
    || '-' || lpad({{ captured(plain_text(column), parts, 3) }}, 2, '0')
{%- endmacro %}

{#
    A date written as 2021-01-31, 2021/1/31, 2021.1.31, 2021年1月31日 or 20210131; a time of day is left
    out. Only a day spelt out is cast, so that nothing hangs on what else an engine takes for a date.
#}
{% macro printed_date(column) -%}
    case
        when {{ column }} = '' then null
        when {{ matches(column, '[0-9]{4}-[0-9]{2}-[0-9]{2}') }} then cast({{ column }} as date)
        when {{ plain_text(column) }} <> '' then cast({{ spelt_day(column) }} as date)
    end
{%- endmacro %}

{% macro is_readable_date(column) -%}
    {%- set shapes = [
        '-[0-9]{1,2}-[0-9]{1,2}',
        '/[0-9]{1,2}/[0-9]{1,2}',
        '[.][0-9]{1,2}[.][0-9]{1,2}',
        ' *年 *[0-9]{1,2} *月 *[0-9]{1,2}( *日)?',
        '[0-9]{4}',
    ] %}
    {%- set time = '[ T] *([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' %}
    case
        when {{ column }} = '' then true
        when {{ matches(column, '(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}') }}
            then try_cast({{ column }} as date) is not null
        else
            {{ plain_text(column) }} = ''
            or (
                {{ matches(
                    plain_text(column),
                    '(19|20)[0-9]{2}(' ~ shapes | join('|') ~ ')(' ~ time ~ ')?'
                ) }}
                and try_cast({{ spelt_day(column) }} as date) is not null
            )
    end
{%- endmacro %}

{# How many yuan one printed unit is worth; null for a unit that is not known, which is no yuan. #}
{% macro yuan_per(unit) -%}
    case {{ unit }}
        when '元' then 1
        when '千元' then 1000
        when '万元' then 10000
        when '百万元' then 1000000
        when '亿元' then 100000000
    end
{%- endmacro %}

{# An amount in yuan from an amount in its printed unit. #}
{% macro in_yuan(column, unit) -%}
    cast(round({{ column }} * {{ yuan_per(unit) }}, 2) as decimal(18, 2))
{%- endmacro %}

{# A name with spaces of every width out and brackets of one width, so that typing variants are equal. #}
{% macro comparable_name(column) -%}
    case
        when {{ matches(column, '[一-龥]*') }} then {{ column }}  -- nearly every name, and faster
        else translate(
            {{ column }},
            '（）【】〔〕，：； {{ wide_spaces() }}{{ invisible_characters() }}',
            '()[][],:;'
        )
    end
{%- endmacro %}
