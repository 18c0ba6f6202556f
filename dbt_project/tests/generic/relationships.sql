{% test relationships(model, column_name, to, field, traced_by=none) %}
-- Like dbt's own, with the disclosure of each row.
{%- set failing %}
select {{ with_disclosure(model, [column_name], traced_by) }}
from {{ model }}
where
    {{ column_name }} not in (
        select known.{{ field }} from {{ to }} as known where known.{{ field }} is not null
    )
{%- endset %}
{{ traced(failing, traced_by) }}
{% endtest %}
