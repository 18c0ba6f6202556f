{% test accepted_values(model, column_name, values, traced_by=none) %}
-- Like dbt's own, with the disclosure of each row.
{%- set failing %}
select {{ with_disclosure(model, [column_name], traced_by) }}
from {{ model }}
where {{ column_name }} not in ('{{ values | join("', '") }}')
{%- endset %}
{{ traced(failing, traced_by) }}
{% endtest %}
