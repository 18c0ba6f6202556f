{# True where a remark says that what is secret is left out: then the rows of no table are all. #}
{% macro leaves_out_secrets(remark) -%}
    ({{ remark }} like '%保密%' or {{ remark }} like '%涉密%')
{%- endmacro %}
