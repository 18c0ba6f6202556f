{#
    Where the figures of one side of a comparison stand: the first place, and how many more there
    are. `compared` has the sides, `<side>_tables` the names of the tables.
#}
{% macro printed_places(side) -%}
    nullif(
        concat_ws(' ', {{ side }}_tables.table_name, nullif(compared.{{ side }}_source_ref, '')), ''
    )
        || case
            when compared.{{ side }}_rows > 1
                then ' and ' || cast(compared.{{ side }}_rows - 1 as string) || ' more'
            else ''
        end
{%- endmacro %}
