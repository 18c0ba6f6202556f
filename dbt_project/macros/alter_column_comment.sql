{#
  Comments on every described column, without dbt-duckdb's question which of them exist: that question takes
  longer than the comments, and a described column that does not exist is an error.
#}
{% macro duckdb__alter_column_comment(relation, column_dict) %}
    {%- for column in column_dict.values() %}
    comment on column {{ relation }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
    {%- endfor %}
{% endmacro %}
