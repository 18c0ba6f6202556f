-- One row per disclosure and score in the prose for the whole spending of a department: it is that
-- of the form. The document against itself.
with forms as (
    select
        disclosure_id,
        max(score) as score,
        max(score_text) as score_text
    from {{ ref('fct_projects') }}
    where project_kind_text = '部门整体支出' and score is not null
    group by disclosure_id
    having min(score) = max(score)
),

checks as (
    select
        statements.disclosure_id,
        {{ said('statement', ["'self_evaluation_score'", 'statements.statement_number']) }}
            as subject,
        statements.numeric_value <> forms.score as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('statements.value_text') }} as stated_text,
        {{ printed('forms.score_text') }} as computed_text,
        {{ place_of('stated', 'statements') }}
    from {{ ref('int_narrative_statements') }} as statements
    inner join forms
        on statements.disclosure_id = forms.disclosure_id
    where statements.subject = 'self_evaluation_score' and statements.note = '部门整体支出'
)

{{ judged_statements('checks', computed_text='computed_text') }}
