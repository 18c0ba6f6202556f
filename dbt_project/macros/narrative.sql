{#
    The checks of a rule by which figures of the prose repeat printed amounts. A total is that of its
    table, and so is the amount that opens an account's paragraph; NT-25 judges what the sentence then
    plans, and UC-02 the rounding of what is less than a unit of its last digit off.
#}
{% macro repeated_amounts() -%}
    select
        disclosure_id,
        coded_subject as subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        case
            -- Final accounts are kept in yuan, and prose and table each rounded on their own.
            when stage = 'final_accounts' then half_unit + printed_half_unit
            when {{ is_of_coarser_unit() }} then 2 * half_unit - 0.01
            else {{ rounding_of_claim('unit', 'printed_unit', 'half_unit', 'printed_half_unit') }}
        end as tolerance_yuan,
        {{ printed('amount_text') }} as stated_text,
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

{# Whether a figure of the prose is in another unit than the printed one, and no finer. #}
{% macro is_of_coarser_unit() -%}
    (unit <> printed_unit and half_unit >= printed_half_unit)
{%- endmacro %}

{#
    How far rounding alone may part a figure of the prose from a printed one: by half of the coarser last
    digit in another unit; in the same unit by what fewer decimals round, while a whole figure beside
    decimals prints no zeros.
#}
{% macro rounding_of_claim(unit, printed_unit, half_unit, printed_half_unit) -%}
    case
        when not coalesce({{ unit }} = {{ printed_unit }}, false)
            then greatest({{ half_unit }}, {{ printed_half_unit }})
        when {{ half_unit }} < 0.5 * {{ yuan_per(unit) }}
            then greatest({{ half_unit }} - {{ printed_half_unit }}, 0)
        else 0
    end
{%- endmacro %}

{# The amounts that sentences divide and their parts, each with the statement that opens its sentence. #}
{% macro divided_amounts() -%}
    select
        *,
        subject = 'part_of_amount' as is_part,
        case
            when {{ is_figure('value_text', 'unit') }}
                then {{ in_yuan(amount('value_text'), 'unit') }}
        end as amount_yuan,
        {{ half_unit('value_text', 'unit') }} as half_unit,
        max(case subject when 'divided_amount' then statement_number end) over (
            partition by disclosure_id
            order by statement_number
            rows between unbounded preceding and current row
        ) as sentence_number
    from {{ ref('int_narrative_statements') }}
    where subject in ('divided_amount', 'part_of_amount')
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

{#
    What a check of stated changes (NT-09) is about: one quantity, or the sides that contradict
    each other; and the base where it is not last year's at the document's own stage.
#}
{% macro subject_of_change() -%}
    {%- set quantity = ['measure', "' ' || account_name", 'base_year', 'compared_stage'] -%}
    {%- set sides = ['one_side', 'other_side', 'base_year', 'compared_stage'] -%}
    case
        when is_one_of_several and shown_stage is not null
            then {{ said('change_of_stage_against_base', quantity) }}
        when is_one_of_several then {{ said('change_against_base', quantity) }}
        when one_side is not null and shown_year is not null and shown_stage is not null
            then {{ said('sides_since_year_and_stage', sides) }}
        when one_side is not null and shown_year is not null
            then {{ said('sides_since_year', sides) }}
        when one_side is not null and shown_stage is not null
            then {{ said('sides_since_stage', sides) }}
        when one_side is not null then {{ said('sides', sides) }}
        when shown_year is not null and shown_stage is not null
            then {{ said('change_since_year_and_stage', quantity) }}
        when shown_year is not null then {{ said('change_since_year', quantity) }}
        when shown_stage is not null then {{ said('change_since_stage', quantity) }}
        else {{ said('change', quantity) }}
    end
{%- endmacro %}

{# Whether no amount and no base within their roundings give the percentage stated (NT-10). #}
{% macro misses_percentage(amount, base, half_ratio='half_ratio') -%}
    (
        {{ amount }}_yuan + {{ amount }}_half_unit
        < cast({{ base }}_yuan - base_half_unit as decimal(25, 7))
        * try_cast(1 + signed_ratio - ({{ half_ratio }}) as decimal(12, 6))
        or {{ amount }}_yuan - {{ amount }}_half_unit
        > cast({{ base }}_yuan + base_half_unit as decimal(25, 7))
        * try_cast(1 + signed_ratio + {{ half_ratio }} as decimal(12, 6))
    )
{%- endmacro %}
