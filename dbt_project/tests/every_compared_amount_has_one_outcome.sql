-- A join that multiplies or loses rows would count comparisons of nothing, or leave some out.
with compared as (
    select
        comparison_number,
        disclosure_number,
        count(*) as compared_count
    from {{ ref('int_compared_amounts') }}
    where figures > 0
    group by comparison_number, disclosure_number
),

judged as (
    select
        comparison_number,
        disclosure_number,
        sum(checked_count) as outcome_count
    from {{ ref('int_compared_outcomes') }}
    group by comparison_number, disclosure_number
)

{%- set different %}
    select
        coalesce(compared.comparison_number, judged.comparison_number) as comparison_number,
        coalesce(compared.disclosure_number, judged.disclosure_number) as disclosure_number,
        compared.compared_count,
        judged.outcome_count
    from compared
    full join judged
        on
            compared.comparison_number = judged.comparison_number
            and compared.disclosure_number = judged.disclosure_number
    where coalesce(compared.compared_count, 0) <> coalesce(judged.outcome_count, 0)
{%- endset %}

{{ traced(different, 'disclosure_number') }}
