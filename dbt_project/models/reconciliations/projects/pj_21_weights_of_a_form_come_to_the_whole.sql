-- One row per disclosure and project: the weights of its indicators come to 90, which leave 10 to
-- the execution, or to 100. 项目支出绩效评价管理办法 (财预〔2020〕10号)
-- A bare figure in the note is a weight where most forms of the document come to the whole.
with forms as (
    select
        disclosure_id,
        project_name,
        min(subject) as subject,
        count(*) as form_count
    from {{ ref('int_project_forms') }}
    group by disclosure_id, project_name
),

weights as (
    select
        disclosure_id,
        project_name,
        count(*) as indicator_count,
        count(case when weight_text <> '' then 1 end) as weight_count,
        sum(try_cast(nullif(weight_text, '') as decimal(9, 2))) as weight,
        -- Nine weights of 11.11 come to 99.99: each is rounded.
        count(case when weight_text like '%.%' then 1 end) * 0.005 as rounding,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from (
        select
            *,
            {{ captured('note', '(^|[一-龥％%] )([0-9]+([.][0-9]+)?)( [是否])?$', 2) }}
                as weight_text
        from {{ ref('int_performance_targets') }}
    ) as targets
    group by disclosure_id, project_name
),

weighted_forms as (
    select
        weights.*,
        forms.subject,
        forms.form_count,
        weights.weight_count = weights.indicator_count as is_whole,
        least(
            abs(weights.weight - 90 * forms.form_count),
            abs(weights.weight - 100 * forms.form_count)
        ) <= weights.rounding as comes_to_whole
    from weights
    inner join forms
        on
            weights.disclosure_id = forms.disclosure_id
            and weights.project_name = forms.project_name
    where weights.weight_count > 0
),

checks as (
    select
        disclosure_id,
        subject,
        case
            when not is_whole then null
            when comes_to_whole then false
            -- Forms of one name cannot be told apart.
            when form_count > 1 then null
            when
                count(case when is_whole and comes_to_whole then 1 end) over (
                    partition by disclosure_id
                ) * 2
                > count(case when is_whole then 1 end) over (partition by disclosure_id)
                then true
        end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('cast(weight as string)') }} as stated_text,
        {{ place_of('stated') }}
    from weighted_forms
)

{{ judged_statements('checks') }}
