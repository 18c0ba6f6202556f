{# What the project's test of this name checks, in one query: SQLMesh renders tests before anything is built. #}
{% test unique_by_in_sample(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
where disclosure_id <= (
    select max(sampled.disclosure_id)
    from (
        select disclosure_id from {{ ref('dim_disclosures') }} order by disclosure_id limit 100
    ) as sampled
)
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
