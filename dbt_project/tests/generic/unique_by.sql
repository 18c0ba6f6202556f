{% test unique_by(model, columns, traced_by=none) %}
-- The grain: no two rows share these columns (nulls count as equal).
{%- set repeated %}
select {{ columns | join(', ') }}
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- endset %}
{%- if traced_by or 'disclosure_id' in columns or not names_disclosure(model) %}
{{ traced(repeated, traced_by) }}
{%- else %}
select distinct
    tested.disclosure_id,
    {%- for column in columns %}
    tested.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ model }} as tested
inner join ({{ repeated }}) as repeated
    on
        {%- for column in columns %}
        tested.{{ column }} is not distinct from repeated.{{ column }}
        {{ 'and' if not loop.last }}
        {%- endfor %}
{%- endif %}
{% endtest %}
