-- One row per disclosure and project form of a self-evaluation, with what its row of money says of
-- the execution, and the marks of its indicators.
-- A form names its indicators' project, so that two forms of one name cannot be told apart.
with notes as (
    select
        *,
        {{ captured('note', '^[^；;]*执行率 ([0-9.]+)[%％]', 1) }} as rate_text,
        {{ captured('note', '^[^；;]*分值 ([0-9.]+)', 1) }} as weight_text,
        {{ captured('note', '^[^；;]*得分 ([0-9.]+)', 1) }} as marks_text,
        {{ captured('note', '总分 ([0-9.]+)', 1) }} as whole_text,
        count(*) over (partition by disclosure_id, project_name) as form_count
    from {{ ref('int_project_forms') }}
    where stage = 'final_accounts'
),

indicators as (
    select
        disclosure_id,
        project_name,
        count(*) as indicator_count,
        count(score) as scored_count,
        sum(score) as score,
        sum(try_cast(nullif({{ captured('note', '分值 ([0-9.]+)', 1) }}, '') as decimal(9, 4)))
            as weight
    from {{ ref('fct_performance_targets') }}
    group by disclosure_id, project_name
)

select
    notes.disclosure_id,
    notes.project_name,
    notes.subject,
    notes.table_name,
    notes.row_number,
    notes.source_ref,
    notes.project_kind_text,
    notes.form_count,
    notes.adjusted_budget_yuan,
    notes.executed_yuan,
    notes.score,
    notes.score_text,
    nullif(notes.rate_text, '') as execution_percent_text,
    try_cast(nullif(notes.rate_text, '') as decimal(9, 4)) as execution_percent,
    try_cast(nullif(notes.weight_text, '') as decimal(9, 4)) as execution_weight,
    try_cast(nullif(notes.marks_text, '') as decimal(9, 4)) as execution_score,
    try_cast(nullif(notes.whole_text, '') as decimal(9, 4)) as whole_weight,
    indicators.score as indicators_score,
    indicators.weight as indicators_weight,
    indicators.scored_count = indicators.indicator_count as are_all_scored
from notes
left join indicators
    on
        notes.disclosure_id = indicators.disclosure_id
        and notes.project_name = indicators.project_name
