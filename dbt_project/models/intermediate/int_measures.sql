-- One row per measure of the raw contract, with what it means.
select
    column_name as measure,
    min(nature) as nature,
    min(source) as source,
    min(fund) as fund,
    min(component) as component,
    min(expense) as expense,
    min(procurement) as procurement,
    min(period) as period,
    min(part_of) as part_of
from {{ ref('raw_columns') }}
where role = 'measure'
group by column_name
