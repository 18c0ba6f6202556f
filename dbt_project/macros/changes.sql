{# The compared nodes (`int_compared_nodes`) as rows: `total`, and each nature where both years print it. #}
{% macro compared_natures(relation) -%}
    {%- set natures = {
        'total': ['total_yuan', 'base_total_yuan'],
        'basic': ['basic_yuan', 'base_basic_yuan'],
        'project': ['project_yuan', 'base_project_yuan'],
    } %}
    {%- for nature, amounts in natures.items() %}
    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        '{{ nature }}' as nature,
        try_cast({{ amounts[0] }} as decimal(18, 2)) as amount_yuan,
        try_cast({{ amounts[1] }} as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from {{ relation }}
    {{- '
    where not is_undivided' if nature != 'total' }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# What became of a line between two years. #}
{% macro change_kind(amount, base) -%}
    case
        when {{ base }} is null then 'no_basis'
        when {{ base }} = 0 and {{ amount }} <> 0 then 'new'
        when {{ base }} <> 0 and {{ amount }} = 0 then 'discontinued'
        when {{ amount }} > {{ base }} then 'increased'
        when {{ amount }} < {{ base }} then 'decreased'
        else 'unchanged'
    end
{%- endmacro %}
