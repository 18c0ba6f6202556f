-- One row per finding that stands for more than one check of its subject: each must be seen.
select
    rule_code,
    disclosure_id,
    subject,
    checked_count
from {{ ref('fct_reconciliations') }}
where outcome in ('fail', 'hint') and checked_count <> 1
