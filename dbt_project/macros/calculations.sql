{#
    The products that the prose writes out: two or three factors, what they make, and the unit in which it
    is given.
#}
{% macro written_calculations() -%}
    {%- set factor = '([0-9][0-9,]*[.]?[0-9]*)' -%}
    {%- set calculation = '^[^0-9]*' ~ factor ~ '(万元|元)?[^0-9=*×xX]*[*×xX]' ~ factor
        ~ '(万元|元)?[^0-9=*×xX]*([*×xX]' ~ factor ~ '(万元|元)?[^0-9=*×xX]*)?[=＝]' ~ factor
        ~ '(万元|元).*$' -%}
    select
        *,
        cast(
            cast(
                cast(cast(first_factor as decimal(20, 4)) * second_factor as decimal(24, 4))
                * third_factor
                as decimal(38, 4)
            ) * unit_of_factors
            as decimal(38, 2)
        ) as computed_yuan
    from (
        select
            *,
            coalesce(note, cast(statement_number as string)) as project,
            try_cast(
                replace({{ captured('value_text', calculation, 1) }}, ',', '') as decimal(14, 4)
            ) as first_factor,
            try_cast(
                replace({{ captured('value_text', calculation, 3) }}, ',', '') as decimal(14, 4)
            ) as second_factor,
            try_cast(
                coalesce(
                    nullif(replace({{ captured('value_text', calculation, 6) }}, ',', ''), ''), '1'
                ) as decimal(10, 2)
            ) as third_factor,
            case
                when
                    {{ captured('value_text', calculation, 2) }} = '万元'
                    or {{ captured('value_text', calculation, 4) }} = '万元'
                    or {{ captured('value_text', calculation, 7) }} = '万元'
                    then 10000
                else 1
            end as unit_of_factors,
            try_cast(
                replace({{ captured('value_text', calculation, 8) }}, ',', '') as decimal(14, 4)
            ) * {{ yuan_per(captured('value_text', calculation, 9)) }} as stated_yuan,
            {{ half_unit(
                captured('value_text', calculation, 8), captured('value_text', calculation, 9)
            ) }} as half_unit
        from {{ ref('int_narrative_statements') }}
        where subject = 'calculation' and {{ matches('value_text', calculation) }}
    ) as factors
{%- endmacro %}
