-- One row per disclosure and table that it prints: the note under it, beside what is in the table.
-- A note stands under its table: on the page of its last row.
with contents as (
    select
        disclosure_id,
        table_name,
        {{ shown_yuan('sum(abs(amount_yuan))') }} as amount_yuan,
        max({{ has_no_value() }}) as has_no_value,
        max_by(source_ref, row_number) as last_source_ref
    from {{ ref('fct_published_amounts') }}
    where row_role in ('leaf', 'subtotal', 'total')
    group by disclosure_id, table_name
)

select
    tables.disclosure_id,
    tables.organization_id,
    tables.fiscal_year,
    tables.table_name,
    tables.row_number,
    tables.source_ref,
    case
        when contents.last_source_ref like 'p.%' then split_part(contents.last_source_ref, ' ', 1)
        else tables.source_ref
    end as note_source_ref,
    tables.title,
    tables.remark,
    coalesce(contents.amount_yuan, 0) as amount_yuan,
    coalesce(contents.has_no_value, false) as has_no_value,
    coalesce(
        {{ matches('tables.remark', '.*(空表|为零|均为0|无|没有|未安排|不涉及|未发生).*') }}, false
    ) as says_empty
from {{ ref('int_located_tables') }} as tables
left join contents
    on
        tables.disclosure_id = contents.disclosure_id
        and tables.table_name = contents.table_name
