-- One row per disclosure and count of self-evaluated projects with their grades: the projects of
-- each grade add up to it. The document against itself.
with counts as (
    select
        *,
        max(case subject when 'self_evaluated_projects' then statement_number end) over (
            partition by disclosure_id
            order by statement_number
            rows between unbounded preceding and current row
        ) as sentence_number
    from {{ ref('int_narrative_statements') }}
    where subject in ('self_evaluated_projects', 'projects_of_grade')
),

sentences as (
    select
        disclosure_id,
        sentence_number,
        max(case subject when 'self_evaluated_projects' then numeric_value end) as project_count,
        sum(case subject when 'projects_of_grade' then numeric_value end) as graded_count,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from counts
    where sentence_number is not null
    group by disclosure_id, sentence_number
),

checks as (
    select
        disclosure_id,
        {{ said('statement', ["'self_evaluated_projects'", 'sentence_number']) }} as subject,
        project_count <> graded_count as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ said('number_of_projects', ['cast(project_count as integer)']) }} as stated_text,
        {{ said('number_of_projects', ['cast(graded_count as integer)']) }} as computed_text,
        {{ place_of('stated') }}
    from sentences
    where graded_count is not null
)

{{ judged_statements('checks', computed_text='computed_text') }}
