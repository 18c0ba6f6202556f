-- One row per disclosure and self-evaluated project: its score is the sum of those of its
-- indicators and of the execution. 项目支出绩效评价管理办法 (财预〔2020〕10号)
-- The weights tell whether all indicators were read; some forms leave the execution out of the sum.
with sums as (
    select
        *,
        indicators_score + coalesce(execution_score, 0) as whole_score,
        indicators_weight + coalesce(execution_weight, 0) as weight
    from {{ ref('int_scored_forms') }}
    where indicators_score is not null and score is not null and form_count = 1
),

checks as (
    select
        disclosure_id,
        subject,
        case
            when score in (whole_score, indicators_score) then false
            when are_all_scored and whole_weight in (weight, indicators_weight) then true
        end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('score_text') }} as stated_text,
        {{ said('sum_of_scores', [
            'cast(indicators_score as decimal(9, 2))',
            'cast(coalesce(execution_score, 0) as decimal(9, 2))',
        ]) }} as computed_text,
        {{ place_of('stated') }}
    from sums
)

{{ judged_statements('checks', computed_text='computed_text') }}
