-- One row per disclosure and table that it prints, with the unit of its head (单位：人民币元) as a word.
select
    *,
    {{ replaced(comparable_name('unit'), '^(金额)?(单位:)?(人民币)?', '') }} as unit_name
from {{ ref('int_located_tables') }}
