-- One row per disclosure and amount that the prose states of a self-evaluated project: it is that
-- of its form. The document against itself.
-- The prose puts the unit before the name; a name that fits two forms, or a form that two names
-- fit, tells of neither.
with claims as (
    select
        *,
        case measure
            when 'self_evaluated_department' then '部门整体支出'
            else replace(replace(account_name, '项目', ''), ' ', '')
        end as name_key,
        {{ half_unit("coalesce(base_amount_text, '0')", 'unit') }} as base_half_unit
    from {{ ref('int_narrative_claims') }}
    where measure in ('self_evaluated_project', 'self_evaluated_department')
),

forms as (
    select
        *,
        replace(replace(project_name, '项目', ''), ' ', '') as name_key
    from {{ ref('int_scored_forms') }}
),

pairs as (
    select
        claims.*,
        forms.executed_yuan,
        forms.adjusted_budget_yuan,
        forms.table_name as form_table_name,
        forms.row_number as form_row_number,
        forms.source_ref as form_source_ref,
        count(*) over (partition by claims.disclosure_id, claims.claim_number) as form_count,
        count(*) over (partition by forms.disclosure_id, forms.row_number) as claim_count
    from claims
    inner join forms
        on
            claims.disclosure_id = forms.disclosure_id
            and length(forms.name_key) > 3
            and claims.name_key like '%' || forms.name_key
),

amounts as (
    select
        *,
        'executed' as stage_of_amount,
        amount_yuan as stated_yuan,
        executed_yuan as computed_yuan,
        half_unit as tolerance_yuan,
        amount_text as printed_text
    from pairs
    union all
    select
        *,
        'adjusted_budget' as stage_of_amount,
        base_amount_yuan as stated_yuan,
        adjusted_budget_yuan as computed_yuan,
        base_half_unit as tolerance_yuan,
        base_amount_text as printed_text
    from pairs
    where base_stage = 'adjusted_budget'
),

checks as (
    select
        disclosure_id,
        {{ said('claim_under_rule', [
            'measure', "' ' || account_name", 'claim_number', 'stage_of_amount'
        ]) }} as subject,
        stated_yuan,
        computed_yuan,
        tolerance_yuan,
        {{ printed('printed_text || unit') }} as stated_text,
        {{ place_of('stated') }},
        form_table_name as computed_table_name,
        form_row_number as computed_row_number,
        form_source_ref as computed_source_ref
    from amounts
    where form_count = 1 and claim_count = 1 and stated_yuan is not null
)

{{ judged_amounts('checks') }}
