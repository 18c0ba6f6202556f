-- One row per disclosure with project forms: they ask for no more than the project expenditure of
-- T3, and for all of it if for nearly all.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
with forms as (
    select
        disclosure_id,
        table_name,
        cast(sum(fiscal_yuan) as decimal(28, 2)) as fiscal_yuan,
        count(*) as form_count,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_project_forms') }}
    where fiscal_yuan is not null
    group by disclosure_id, table_name
),

totals as (
    select
        disclosure_id,
        table_name,
        -- A total that stands in two rows is one total.
        max(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        max(unit) as unit,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'project'
        and row_role = 'total'
        and amount_yuan is not null
    group by disclosure_id, table_name
),

checks as (
    select
        forms.disclosure_id,
        {{ said('project_expenditure') }} as subject,
        totals.amount_yuan as stated_yuan,
        forms.fiscal_yuan as computed_yuan,
        case when totals.unit = '元' then 0 else totals.half_unit end as tolerance_yuan,
        -- Not every project need have a form: they may come to less, but not to a little less.
        forms.fiscal_yuan >= {{ wide_yuan('totals.amount_yuan') }} * {{ of_rule('threshold') }}
            as is_equality,
        {{ said('number_of_forms', ['forms.form_count']) }} as stated_text,
        {{ place_of('stated', 'totals') }},
        {{ place_of('computed', 'forms') }}
    from forms
    left join totals
        on forms.disclosure_id = totals.disclosure_id
)

{{ judged_amounts('checks', is_equality='is_equality') }}
