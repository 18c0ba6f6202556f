-- One row per disclosure and project: no indicator of it stands twice with two targets.
-- 项目支出绩效目标编报要求 (财预〔2015〕88号)
-- A document that prints two forms of one name does not say whose an indicator is.
with projects as (
    select
        disclosure_id,
        project_name,
        min(subject) as subject
    from {{ ref('int_project_forms') }}
    group by disclosure_id, project_name
    having count(*) = 1
),

indicators as (
    select
        disclosure_id,
        project_name,
        min(indicator_name) as indicator_name,
        min(target_text) as one_target,
        max(target_text) as other_target,
        min({{ printed_digits('target_text') }}) <> max({{ printed_digits('target_text') }})
            as has_two_targets,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_performance_targets') }}
    where indicator_name is not null and target_text is not null
    group by disclosure_id, project_name, indicator_level_1, indicator_level_2, comparable_indicator
),

-- One row for all indicators with one target, and one for each other.
indicators_of_projects as (
    select
        indicators.*,
        case
            when indicators.has_two_targets
                then {{ said(
                    'of_project', ['projects.project_name', 'indicators.indicator_name']
                ) }}
            else projects.subject
        end as subject
    from projects
    inner join indicators
        on
            projects.disclosure_id = indicators.disclosure_id
            and projects.project_name = indicators.project_name
),

checks as (
    select
        disclosure_id,
        subject,
        has_two_targets as is_failed,
        null as stated_yuan,
        {{ printed('min(case when has_two_targets then one_target end)') }} as stated_text,
        {{ printed('max(case when has_two_targets then other_target end)') }} as computed_text,
        min(table_name) as stated_table_name,
        min(row_number) as stated_row_number,
        {{ first_source_ref() }} as stated_source_ref
    from indicators_of_projects
    group by disclosure_id, subject, has_two_targets
)

{{ judged_statements('checks', computed_text='computed_text') }}
