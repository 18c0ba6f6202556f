-- One row per rule for what passes, and one per rule, disclosure and subject for what does not.
{{ config(
    schema='reconciliations',
    materialized='view' if target.type == 'duckdb' else 'table',
    contract={'enforced': false},
) }}
select
    rule_code,
    cast(null as string) as disclosure_id,
    cast(null as string) as subject,
    cast(sum(checked_count) as integer) as checked_count,
    max(excess_fen) as excess_fen,
    cast(null as string) as stated,
    cast(null as string) as computed,
    cast(null as string) as gap,
    cast(null as string) as tolerance,
    cast(null as string) as stated_source,
    cast(null as string) as computed_source
from {{ ref('fct_reconciliations') }}
where checked_count > 0 and excess_fen <= 0
group by rule_code
union all
select
    rule_code,
    disclosure_id,
    subject,
    checked_count,
    excess_fen,
    concat_ws(' ', cast(stated_yuan as string), stated_text) as stated,
    concat_ws(' ', cast(computed_yuan as string), computed_text) as computed,
    cast(gap_yuan as string) as gap,
    cast(tolerance_yuan as string) as tolerance,
    stated_source,
    computed_source
from {{ ref('fct_reconciliations') }}
where checked_count > 0 and (excess_fen > 0 or excess_fen is null)
