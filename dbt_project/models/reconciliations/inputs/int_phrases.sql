-- One row per phrase in which a finding speaks: those of all rules, and what one rule expects.
select
    phrase,
    phrase_text,
    phrase_zh
from {{ ref('phrases') }}
union all
select
    rule_code as phrase,
    expected as phrase_text,
    expected_zh as phrase_zh
from {{ ref('reconciliation_rules') }}
where expected is not null
