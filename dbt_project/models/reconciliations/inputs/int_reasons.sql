-- One row per disclosure, expense and reason that the prose gives for its change, with its first
-- place.
select
    disclosure_id,
    note as account_name,
    value_text,
    cast(length(value_text) as decimal(9, 2)) as character_count,
    coalesce({{ matches('value_text', '.*(持平|无增减|无变化|不变|一致|相同).*') }}, false)
        as says_no_change,
    min(table_name) as table_name,
    min(row_number) as row_number,
    {{ first_source_ref() }} as source_ref
from {{ ref('int_narrative_statements') }}
where subject = 'reason' and note is not null
group by disclosure_id, note, value_text
