{#
    A layer's schema bears the layer's name. In the catalog of a cluster the same name with `built_` before
    it, until it is judged and published.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ 'built_' if target.type == 'spark' }}{{ custom_schema_name or target.schema }}
{%- endmacro %}
