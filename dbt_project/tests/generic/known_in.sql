{% test known_in(model, columns, to, where_known='true') %}
-- A relationship over several columns: every combination stands in the other table.
{%- set unknown %}
select {{ columns | join(', ') }}
from {{ model }}
where {{ where_known }}
except
select {{ columns | join(', ') }}
from {{ to }}
{%- endset %}
select distinct
    tested.disclosure_id,
    {%- for column in columns %}
    tested.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from (select * from {{ model }} where {{ where_known }}) as tested
inner join ({{ unknown }}) as unknown
    on
        {%- for column in columns %}
        tested.{{ column }} is not distinct from unknown.{{ column }}
        {{ 'and' if not loop.last }}
        {%- endfor %}
{% endtest %}
