{#
    Where a bad cast would become null instead of stopping the build, nothing is built. dbt-spark turns
    ANSI mode off; `python -m budget_warehouse.engines.spark.dbt_on_spark` leaves it on.
#}
{% macro refuse_lenient_casts() -%}
    {%- if execute and target.type == 'spark' -%}
        {%- set setting = run_query('set spark.sql.ansi.enabled') -%}
        {%- if setting.rows[0][1] != 'true' -%}
            {{ exceptions.raise_compiler_error(
                'Spark would turn values that cannot be read into null: run dbt as'
                ' `python -m budget_warehouse.engines.spark.dbt_on_spark`, which leaves ANSI mode on.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
