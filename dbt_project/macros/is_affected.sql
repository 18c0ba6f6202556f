{#
    Whether what is known of a disclosure has to be computed again. By hand that is all of them; a night
    computes what changed since the last publication, and what depends on it (landing's `affected`).
#}
{% macro is_affected(disclosure_id='disclosure_id') -%}
    {%- if var('only_affected') -%}
        {{ disclosure_id }} in (
            select affected.disclosure_id from {{ source('landing', 'affected') }} as affected
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
