-- One row per day of the years that a budget may be of: the time spine of the metrics.
{{ config(materialized='view' if target.type == 'duckdb' else 'table') }}

with digits as (
    select listed.digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as listed (digit)
),

numbers as (
    select
        ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit
        + 10000 * ten_thousands.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands
    where ten_thousands.digit < 5
)

select cast('1990-01-01' as date) + number as day
from numbers
where number < 40177
