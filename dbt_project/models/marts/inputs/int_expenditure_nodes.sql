-- One row per disclosure, node of the functional tree (total, class, section, item) and nature.
{%- set levels = {'class': 3, 'section': 5, 'item': 7} %}
with leaves as (
    select
        disclosure_id,
        function_code,
        nature,
        sum(amount_yuan) as amount_yuan
    from {{ ref('fct_expenditures') }}
    group by all
)

select
    disclosure_id,
    'total' as function_code,
    'total' as level,
    nature,
    try_cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
from leaves
group by all
{%- for level, digits in levels.items() %}
    union all
    select
        disclosure_id,
        substr(function_code, 1, {{ digits }}) as function_code,
        '{{ level }}' as level,
        nature,
        try_cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
    from leaves
    where length(function_code) >= {{ digits }}
    group by all
{%- endfor %}
