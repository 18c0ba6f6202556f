{# The tables by account that facts count (T2, T3, T5 to T8). #}
{% macro tables_by_account() -%}
    {{ return([
        'revenue_by_function',
        'expenditure_by_function',
        'general_public_budget_by_function',
        'government_funds_by_function',
        'state_capital_by_function',
        'basic_expenditure_by_economic',
    ]) }}
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

{# Which classification the codes of a row's table are of. #}
{% macro classification_of_table(table_name='table_name') -%}
    case when {{ table_name }} like '%_by_economic' then 'economic' else 'function' end
{%- endmacro %}

{# The tables that rules are made for: T1 to T9, and the forms of projects. #}
{% macro tables_of_rules() -%}
    {{ return(
        tables_by_account()
        + [
            'revenue_expenditure_summary',
            'fiscal_appropriation_summary',
            'three_public_expenses',
            'projects',
        ]
    ) }}
{%- endmacro %}
