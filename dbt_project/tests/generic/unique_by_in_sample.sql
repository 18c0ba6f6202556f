{#
    The grain of a view over every check: no two rows share these columns, in the first hundred
    disclosures. A second evaluation of all would double the time of a country's build.
#}
{% test unique_by_in_sample(model, columns) %}
{%- set last = 'select max(disclosure_id) from (select disclosure_id from '
    ~ ref('dim_disclosures') ~ ' order by disclosure_id limit 100) as sampled' %}
select {{ columns | join(', ') }}
from {{ model }}
{%- if execute %}
where disclosure_id <= '{{ run_query(last).rows[0][0] | replace("'", "''") }}'
{%- endif %}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
