-- One row per printed row of a table without codes whose name and level tell its account.
-- Names are indented by level, and mean an account below the one above them.
with uncoded_tables as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        min(kinds.classification) as classification
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on printed_rows.table_name = kinds.table_name
    where kinds.classification is not null
    group by printed_rows.disclosure_id, printed_rows.table_name
    having
        count(printed_rows.class_code) = 0
        and count(printed_rows.section_code) = 0
        and count(printed_rows.item_code) = 0
        and count(printed_rows.level) > 0
),

catalogue as (
    select
        'function' as classification,
        function_code as account_code,
        {{ comparable_name('function_name') }} as account_name
    from {{ ref('functions') }}
    union all
    select
        'economic' as classification,
        economic_code as account_code,
        {{ comparable_name('economic_name') }} as account_name
    from {{ ref('economic_items') }}
),

named_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        uncoded_tables.classification,
        printed_rows.row_number,
        printed_rows.account_name,
        {{ comparable_name('printed_rows.account_name') }} as comparable_account,
        printed_rows.level,
        max(case when printed_rows.level = '1' then printed_rows.row_number end)
            over rows_so_far as class_row,
        max(case when printed_rows.level = '2' then printed_rows.row_number end)
            over rows_so_far as section_row
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join uncoded_tables
        on
            printed_rows.disclosure_id = uncoded_tables.disclosure_id
            and printed_rows.table_name = uncoded_tables.table_name
    window
        rows_so_far as (
            partition by printed_rows.disclosure_id, printed_rows.table_name
            order by printed_rows.row_number
            rows between unbounded preceding and current row
        )
),

classes as (
    select
        named_rows.disclosure_id,
        named_rows.table_name,
        named_rows.row_number,
        min(catalogue.account_code) as account_code
    from named_rows
    inner join catalogue
        on
            named_rows.classification = catalogue.classification
            and length(catalogue.account_code) = 3
            and named_rows.comparable_account = catalogue.account_name
    where named_rows.level = '1'
    group by named_rows.disclosure_id, named_rows.table_name, named_rows.row_number
),

{%- for level, above, row, digits in [
    ('sections', 'classes', 'class_row', 5), ('items', 'sections', 'section_row', 7)
] %}

    {{ level }} as (
        select
            named_rows.disclosure_id,
            named_rows.table_name,
            named_rows.row_number,
            min(catalogue.account_code) as account_code
        from named_rows
        inner join {{ above }} as above
            on
                named_rows.disclosure_id = above.disclosure_id
                and named_rows.table_name = above.table_name
                and named_rows.{{ row }} = above.row_number
        inner join catalogue
            on
                named_rows.classification = catalogue.classification
                and length(catalogue.account_code) = {{ digits }}
                and substr(catalogue.account_code, 1, {{ digits - 2 }}) = above.account_code
                and named_rows.comparable_account = catalogue.account_name
        where named_rows.level = '{{ loop.index + 1 }}'
        group by named_rows.disclosure_id, named_rows.table_name, named_rows.row_number
    ),
{%- endfor %}

codes as (
    select * from classes
    union all
    select * from sections
    union all
    select * from items
)

select
    named_rows.disclosure_id,
    named_rows.table_name,
    named_rows.classification,
    named_rows.row_number,
    codes.account_code,
    named_rows.account_name
from named_rows
inner join codes
    on
        named_rows.disclosure_id = codes.disclosure_id
        and named_rows.table_name = codes.table_name
        and named_rows.row_number = codes.row_number
