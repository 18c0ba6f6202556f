{#
    The checks of a rule by which figures of the prose repeat printed amounts. A total is that of its
    table, and so is the amount that opens an account's paragraph; NT-25 judges what the sentence then
    plans.
#}
{% macro repeated_amounts() -%}
    select
        disclosure_id,
        subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        case when unit = printed_unit then 0 else greatest(half_unit, printed_half_unit) end
            as tolerance_yuan,
        amount_text as stated_text,
        {{ place_of('stated') }},
        printed_table_name as computed_table_name,
        printed_row_number as computed_row_number,
        printed_source_ref as computed_source_ref
    from {{ ref('rec_claims') }}
    where
        rule_code = {{ rule_code() }}
        and amount_yuan is not null
        and claim_number = coalesce(heading_number, claim_number)
{%- endmacro %}

{# The totals that the tables of many documents make equal. #}
{% macro compared_totals() -%}
    {{ return([
        'fiscal_appropriation_revenue',
        'fiscal_appropriation_expenditure',
        'general_public_budget_expenditure',
        'total_revenue',
        'total_expenditure',
    ]) }}
{%- endmacro %}

{# The tables by fund that print what is spent by function. #}
{% macro tables_by_fund() -%}
    (
        'general_public_budget_by_function',
        'government_funds_by_function',
        'state_capital_by_function'
    )
{%- endmacro %}
