-- One row per disclosure and mean score in the prose: it is the mean of the projects' scores, where
-- as many are printed as projects were evaluated. The document against itself.
with forms as (
    select
        disclosure_id,
        count(*) as form_count,
        count(score) as score_count,
        sum(score) as score
    from {{ ref('fct_projects') }}
    where stage = 'final_accounts' and coalesce(project_kind_text, '') <> '部门整体支出'
    group by disclosure_id
),

project_counts as (
    select
        disclosure_id,
        max(numeric_value) as project_count
    from {{ ref('int_narrative_statements') }}
    where subject = 'self_evaluated_projects'
    group by disclosure_id
    having min(numeric_value) = max(numeric_value)
),

scores as (
    select
        *,
        cast({{ half_unit('value_text', "'元'") }} * 2 as decimal(12, 7)) as last_digit
    from {{ ref('int_narrative_statements') }}
    where subject = 'self_evaluation_score' and note is null
),

checks as (
    select
        scores.disclosure_id,
        {{ said('statement', ["'self_evaluation_score'", 'scores.statement_number']) }} as subject,
        -- Compared as sums: a mean of thirds has no last digit.
        case
            when
                forms.form_count = project_counts.project_count
                and forms.form_count = forms.score_count
                then
                    abs(scores.numeric_value * forms.form_count - forms.score)
                    > scores.last_digit * forms.form_count
        end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('scores.value_text') }} as stated_text,
        {{ said('number_of_forms', ['coalesce(forms.form_count, 0)']) }} as computed_text,
        {{ place_of('stated', 'scores') }}
    from scores
    left join forms
        on scores.disclosure_id = forms.disclosure_id
    left join project_counts
        on scores.disclosure_id = project_counts.disclosure_id
)

{{ judged_statements('checks', computed_text='computed_text') }}
