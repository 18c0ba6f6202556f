{# The measures of the tables by account (T2, T3, T5 to T8), in the order of their columns. #}
{% macro measures_by_account() -%}
    {{ return({
        'revenue_by_function': [
            'total',
            'fiscal_appropriation',
            'institution_revenue',
            'business_revenue',
            'other_revenue',
        ],
        'expenditure_by_function': ['total', 'basic', 'project'],
        'general_public_budget_by_function': ['total', 'basic', 'project'],
        'government_funds_by_function': ['total', 'basic', 'project'],
        'state_capital_by_function': ['total', 'basic', 'project'],
        'basic_expenditure_by_economic': ['total', 'personnel', 'public_use'],
    }) }}
{%- endmacro %}

{# The measures of the tables that set revenue beside expenditure (T1, T4). #}
{% macro measures_of_summaries() -%}
    {{ return({
        'revenue_expenditure_summary': ['amount', 'personnel', 'public_use', 'project'],
        'fiscal_appropriation_summary': [
            'total', 'general_public_budget', 'government_funds', 'state_capital'
        ],
    }) }}
{%- endmacro %}

{# The measures of the table of three public expenses (T9), in the order of its columns. #}
{% macro measures_of_three_public() -%}
    {{ return([
        'total',
        'overseas_visits',
        'official_hospitality',
        'vehicle_total',
        'vehicle_purchase',
        'vehicle_operation',
        'agency_operating_expenses',
    ]) }}
{%- endmacro %}

{# Which classification the codes of a table by account are of. #}
{% macro classification_of(table_name) -%}
    {{ return('economic' if table_name == 'basic_expenditure_by_economic' else 'function') }}
{%- endmacro %}

{# Which classification the codes of a row's table are of. #}
{% macro classification_of_table(table_name='table_name') -%}
    case {{ table_name }} when 'basic_expenditure_by_economic' then 'economic' else 'function' end
{%- endmacro %}
