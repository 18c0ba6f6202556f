-- One row per disclosure and statement on projects with performance targets: their number and
-- amount are those of the forms. The document against itself.
with forms as (
    select
        disclosure_id,
        count(*) as form_count,
        sum(annual_yuan) as annual_yuan,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_project_forms') }}
    group by disclosure_id
),

counts as (
    select
        disclosure_id,
        max(numeric_value) as project_count,
        min(value_text) as value_text,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject = 'performance_project_count' and numeric_value is not null
    group by disclosure_id
),

-- The statement means the projects with forms where it counts as many; of more projects the printed
-- forms are a part, and cannot come to more. Without forms it may mean any of the projects: all of
-- them, or nobody knows which.
amounts as (
    select
        claims.disclosure_id,
        case
            when count(*) over (partition by claims.disclosure_id) > 1
                then {{ said('claim', ['claims.measure', "''", 'claims.claim_number']) }}
            else {{ said('one_name', ['claims.measure']) }}
        end as subject,
        claims.amount_yuan as stated_yuan,
        case
            when
                coalesce(counts.project_count, forms.form_count) = forms.form_count
                or (
                    counts.project_count > forms.form_count
                    and forms.annual_yuan > claims.amount_yuan
                )
                then forms.annual_yuan
            when
                forms.form_count is null
                and abs(totals.amount_yuan - claims.amount_yuan) <= claims.half_unit
                then totals.amount_yuan
        end as computed_yuan,
        claims.half_unit as tolerance_yuan,
        {{ printed('claims.amount_text || claims.unit') }} as stated_text,
        {{ place_of('stated', 'claims') }},
        case when forms.source_ref is null then totals.table_name else forms.table_name end
            as computed_table_name,
        case when forms.source_ref is null then totals.row_number else forms.row_number end
            as computed_row_number,
        coalesce(forms.source_ref, totals.source_ref) as computed_source_ref,
        coalesce(forms.form_count, 1) as form_count
    from {{ ref('int_narrative_claims') }} as claims
    left join forms
        on claims.disclosure_id = forms.disclosure_id
    left join counts
        on claims.disclosure_id = counts.disclosure_id
    left join {{ ref('int_project_totals') }} as totals
        on claims.disclosure_id = totals.disclosure_id
    where claims.measure = 'performance_project_amount' and claims.amount_yuan is not null
),

checks as (
    select
        counts.disclosure_id,
        {{ said('one_name', ["'performance_project_count'"]) }} as subject,
        counts.project_count <> forms.form_count as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ said('number_of_projects', ['counts.value_text']) }} as stated_text,
        case
            when forms.form_count is not null
                then {{ said('number_of_forms', ['forms.form_count']) }}
        end as computed_text,
        {{ place_of('stated', 'counts') }}
    from counts
    left join forms
        on counts.disclosure_id = forms.disclosure_id
)

{{ judged_amounts('amounts', computed_row_count='form_count') }}
union all
{{ judged_statements('checks', computed_text='computed_text') }}
