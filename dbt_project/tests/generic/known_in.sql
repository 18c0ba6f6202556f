{% test known_in(model, columns, to, where_known='true') %}
-- A relationship over several columns: every combination stands in the other table.
select {{ columns | join(', ') }}
from {{ model }}
where {{ where_known }}
except
select {{ columns | join(', ') }}
from {{ to }}
{% endtest %}
