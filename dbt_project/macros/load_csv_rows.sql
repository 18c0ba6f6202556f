{#-
  A list is read from its place in the project that dbt runs in. dbt-duckdb would take the folder
  in which it was parsed, which is another one after a warehouse was moved or copied.
-#}
{% macro duckdb__load_csv_rows(model, agate_table) %}
    {% set rows %}
        copy {{ this.render() }} from '{{ model.original_file_path }}' (format csv, header true)
    {% endset %}
    {% do adapter.add_query(rows, abridge_sql_log=True) %}
    {{ return(rows) }}
{% endmacro %}
