{# What a printed row says in figures, as one text: nil and blank are the same. #}
{% macro figures_of_row(relation, measures) -%}
    concat_ws(
        '|',
        coalesce({{ relation }}.unit, '')
        {%- for measure in measures %},
        coalesce(cast(nullif({{ relation }}.{{ measure }}, 0) as string), '')
        {%- endfor %}
    )
{%- endmacro %}

{# A printed row's amount in yuan: the first of its columns, or the sum of the others where that is blank. #}
{% macro amount_of_row(relation, measures) -%}
    coalesce(
        {{ in_yuan(relation ~ '.' ~ measures[0], relation ~ '.unit') }},
        {%- for measure in measures[1:] %}
        {{ '+ ' if not loop.first }}coalesce(
            {{ in_yuan(relation ~ '.' ~ measure, relation ~ '.unit') }}, 0
        )
        {%- endfor %},
        0
    )
{%- endmacro %}

{# Whether a row says nothing: no code, no name, and no figure but nil. #}
{% macro is_empty_line(codes, measures) -%}
    account_name is null
    {%- for code in codes %}
    and {{ code }} is null
    {%- endfor %}
    {%- for measure in measures %}
    and coalesce({{ measure }}, 0) = 0
    {%- endfor %}
{%- endmacro %}
