{#
    A data test that a document can fail says which: its failing rows have a `disclosure_id`, by which the
    disclosure is set aside and the others are published.
#}

{#
    Whether the rows of a relation name their disclosure. A contract lists every column; reference lists
    are of no disclosure.
#}
{% macro names_disclosure(model) -%}
    {%- if execute and model.identifier is defined -%}
        {%- for node in graph.nodes.values() if node.alias == model.identifier -%}
            {%- if node.resource_type == 'seed' -%}
                {{ return(false) }}
            {%- elif node.resource_type == 'model' and node.config.contract.enforced -%}
                {{ return('disclosure_id' in node.columns) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(true) }}
{%- endmacro %}

{# The columns that a test selects, with those by which the disclosure of a row is known. #}
{% macro with_disclosure(model, columns, traced_by) -%}
    {%- set tracing = traced_by or ('disclosure_id' if names_disclosure(model) else none) -%}
    {%- set others = [tracing] if tracing and tracing not in columns else [] -%}
    {{ return((others + columns) | join(', ')) }}
{%- endmacro %}

{#
    The failing rows of a relation without a `disclosure_id`, each with every disclosure behind it, found
    by the column `traced_by`: an organization, or an account or what is above it.
#}
{% macro traced(failing, traced_by) -%}
    {%- if traced_by is none -%}
        {{ failing }}
    {%- elif traced_by == 'organization_id' -%}
        select
            failing.*,
            behind.disclosure_id
        from ({{ failing }}) as failing
        left join {{ ref('int_disclosures') }} as behind
            on failing.organization_id in (behind.organization_id, behind.parent_organization_id)
    {%- elif traced_by == 'disclosure_number' -%}
        select
            failing.*,
            behind.disclosure_id
        from ({{ failing }}) as failing
        left join (
            select
                disclosure_id,
                row_number() over (order by disclosure_id) as disclosure_number
            from {{ ref('dim_disclosures') }}
        ) as behind
            on failing.disclosure_number = behind.disclosure_number
    {%- elif traced_by in ['account_code', 'function_code', 'economic_code'] -%}
        select distinct
            failing.*,
            behind.disclosure_id
        from ({{ failing }}) as failing
        left join {{ ref('int_account_rows') }} as behind
            on
                failing.{{ traced_by }}
                = substr(behind.account_code, 1, length(failing.{{ traced_by }}))
                {%- if traced_by != 'account_code' %}
                    and (behind.table_name = 'basic_expenditure_by_economic')
                    = {{ 'true' if traced_by == 'economic_code' else 'false' }}
                {%- endif %}
    {%- else -%}
        {{ exceptions.raise_compiler_error('No test is traced by ' ~ traced_by) }}
    {%- endif -%}
{%- endmacro %}
