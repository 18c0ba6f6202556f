-- One row per disclosure and base: revenue and expenditure that are equal change by the same
-- amount, as one total has one base. The document against itself.
{%- set of_revenue = "case when measure like '%revenue' then claim_number end" %}
{%- set of_expenditure = "case when measure like '%expenditure' then claim_number end" %}
{%- set change = "concat_ws(' ', direction_text, change_text)" %}
with totals as (
    select
        disclosure_id,
        base_year,
        printed_yuan,
        min_by(abs(signed_change_yuan), {{ of_revenue }}) as revenue_change_yuan,
        min_by(abs(signed_change_yuan), {{ of_expenditure }}) as expenditure_change_yuan,
        max(change_half_unit) as half_unit,
        {{ said('changes_of_revenue_and_expenditure', [
            'min_by(compared_stage, ' ~ of_revenue ~ ')',
            'min_by(' ~ change ~ ', ' ~ of_revenue ~ ')',
            'min_by(compared_stage, ' ~ of_expenditure ~ ')',
            'min_by(' ~ change ~ ', ' ~ of_expenditure ~ ')',
        ]) }} as stated_text,
        min(table_name) as table_name,
        min({{ of_revenue }}) as revenue_claim_number,
        min_by(source_ref, {{ of_revenue }}) as revenue_source_ref,
        min({{ of_expenditure }}) as expenditure_claim_number,
        min_by(source_ref, {{ of_expenditure }}) as expenditure_source_ref
    from {{ ref('int_compared_changes') }}
    where compared_quantity = 'totals' and measure <> 'general_public_budget_expenditure'
    group by disclosure_id, base_year, printed_yuan
),

checks as (
    select
        disclosure_id,
        {{ said('revenue_and_expenditure_against', ['base_year']) }} as subject,
        min_by(revenue_change_yuan, printed_yuan) as stated_yuan,
        min_by(expenditure_change_yuan, printed_yuan) as computed_yuan,
        max(half_unit) * 2 as tolerance_yuan,
        min_by(stated_text, printed_yuan) as stated_text,
        min(table_name) as stated_table_name,
        min_by(revenue_claim_number, printed_yuan) as stated_row_number,
        min_by(revenue_source_ref, printed_yuan) as stated_source_ref,
        min(table_name) as computed_table_name,
        min_by(expenditure_claim_number, printed_yuan) as computed_row_number,
        min_by(expenditure_source_ref, printed_yuan) as computed_source_ref
    from totals
    where revenue_change_yuan is not null and expenditure_change_yuan is not null
    group by disclosure_id, base_year
)

{{ judged_amounts('checks') }}
