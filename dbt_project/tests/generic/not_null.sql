{% test not_null(model, column_name, traced_by=none) %}
-- Like dbt's own, with the disclosure of each row.
{%- set failing %}
select {{ with_disclosure(model, [column_name], traced_by) }}
from {{ model }}
where {{ column_name }} is null
{%- endset %}
{{ traced(failing, traced_by) }}
{% endtest %}
