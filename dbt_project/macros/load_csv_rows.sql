{#-
  A list is read from its place in the project that dbt runs in. dbt-duckdb would take the folder
  in which it was parsed, which is another one after a warehouse was moved or copied.

  DuckDB is told what the file looks like: where lines end in different ways it would not find out.
  Rows that a spreadsheet leaves blank are no rows.
-#}
{% macro duckdb__load_csv_rows(model, agate_table) %}
    {%- set columns = agate_table.column_names %}
    {% set rows %}
        insert into {{ this.render() }}
        select *
        from read_csv(
            '{{ model.original_file_path }}',
            header = true,
            auto_detect = false,
            strict_mode = false,
            null_padding = true,
            delim = ',',
            quote = '"',
            escape = '"',
            columns = {
                {%- for column in columns %}
                '{{ column }}': '{{ model.config.column_types[column] }}'{{ ',' if not loop.last }}
                {%- endfor %}
            }
        )
        where concat({{ columns | join(', ') }}) <> ''
    {% endset %}
    {% do adapter.add_query(rows, abridge_sql_log=True) %}
    {{ return(rows) }}
{% endmacro %}
