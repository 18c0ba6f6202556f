{#
    The rows of a seed as literals: dbt-spark would quote them without escaping what they hold. Rows
    that a spreadsheet leaves blank are no rows.
#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model.config.column_types -%}
    {%- set printed = [] %}
    {%- for row in agate_table.rows if row | reject('none') | list %}
        {%- do printed.append(row) %}
    {%- endfor %}
    {%- for rows in printed | batch(get_batch_size()) %}
        {%- set insert %}
            insert into {{ this.render() }} values
            {%- for row in rows %}
                (
                    {%- for value in row -%}
                        {%- if value is none -%}
                            null
                        {%- else -%}
                            cast('{{ value | string | replace("\\", "\\\\") | replace("'", "\\'") }}'
                            as {{ types.get(agate_table.column_names[loop.index0], 'string') }})
                        {%- endif -%}
                        {{ ',' if not loop.last }}
                    {%- endfor -%}
                ){{ ',' if not loop.last }}
            {%- endfor %}
        {%- endset %}
        {%- do adapter.add_query(insert, abridge_sql_log=True) %}
    {%- endfor %}
    {{ return('') }}
{% endmacro %}
