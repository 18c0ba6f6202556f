-- One row per side and printed line of the summary tables (T1, T4), with what it stands for.
-- More than 150 lines: a line is known by its label, its class and the lines around it.
{%- set funds = "('general_public_budget', 'government_funds', 'state_capital')" %}
with printed_rows as (
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        printed_rows.side,
        printed_rows.label,
        printed_rows.source_ref
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on
            printed_rows.table_name = kinds.table_name
            and kinds.row_kind = 'lines'
),

named_rows as (
    select
        *,
        {{ replaced(
            comparable_name('label'),
            '^(其中:?)?([一二三四五六七八九十]+[、.．]|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)])?',
            ''
        ) }} as line_name,
        -- A line numbered with Arabic digits or in brackets details the line above it.
        {{ matches(comparable_name('label'), '(其中|[0-9]+[、.．]|[(][一二三四五六七八九十0-9]+[)]).*') }}
            as is_detail,
        {{ matches(comparable_name('label'), '[(][一二三四五六七八九十]+[)].*') }} as is_in_brackets,
        {{ matches(comparable_name('label'), '[0-9]+[、.．].*') }} as is_in_digits
    from printed_rows
    where label is not null
),

known_lines as (
    select
        named_rows.*,
        coalesce(summary_lines.line, 'other') as line,
        max(
            case when summary_lines.line = 'fiscal_appropriation' then named_rows.row_number end
        ) over lines_so_far as appropriation_row,
        max(case when summary_lines.line = 'unit_funds' then named_rows.row_number end)
            over lines_so_far as unit_funds_row,
        max(case when summary_lines.line = 'subtotal' then named_rows.row_number end)
            over lines_so_far as subtotal_row,
        min(
            case
                when coalesce(summary_lines.line, 'other') not in ('subtotal', 'total')
                    then named_rows.row_number
            end
        ) over lines_so_far as first_line_row,
        max(case when not named_rows.is_detail then named_rows.row_number end)
            over lines_so_far as numbered_row,
        max(named_rows.is_in_brackets) over lines_so_far as has_brackets
    from named_rows
    left join {{ ref('summary_lines') }} as summary_lines
        on
            named_rows.side = summary_lines.side
            and named_rows.line_name = summary_lines.label
    window
        lines_so_far as (
            partition by named_rows.disclosure_id, named_rows.table_name, named_rows.side
            order by named_rows.row_number
            rows between unbounded preceding and current row
        )
),

lines_in_parts as (
    select
        *,
        -- Balances stand below the sum of the year; a sum that stands first is a head.
        coalesce(subtotal_row < row_number and first_line_row < subtotal_row, false)
            as is_below_subtotal,
        -- `（一）` right below that head is a line of the year, `1、` where the side has no `（一）`.
        (is_in_brackets or (is_in_digits and not has_brackets))
        and coalesce(numbered_row = subtotal_row and first_line_row > subtotal_row, false)
            as is_below_head
    from known_lines
),

lines_below_heads as (
    select
        *,
        max(is_below_head) over lines_so_far as has_head,
        max(case when not is_detail and line like 'carryover%' then row_number end)
            over lines_so_far as carryover_row
    from lines_in_parts
    window
        lines_so_far as (
            partition by disclosure_id, table_name, side
            order by row_number
            rows between unbounded preceding and current row
        )
),

lines as (
    select
        *,
        case
            when line = 'total' then 'total'
            when line = 'subtotal' then 'subtotal'
            when is_below_subtotal and (is_detail or line in {{ funds }})
                then 'balance_detail'
            when is_below_subtotal then 'balance'
            when is_below_head then 'line'
            when has_head and is_detail and numbered_row = carryover_row then 'balance_detail'
            when has_head and row_number = carryover_row then 'balance'
            when is_detail then 'detail'
            -- Some print what a line is made of without an own number.
            when appropriation_row is not null and line in {{ funds }} then 'detail'
            when
                unit_funds_row is not null
                and line in (
                    'institution_revenue',
                    'business_revenue',
                    'superior_subsidy',
                    'affiliated_remittance',
                    'other_revenue'
                )
                then 'detail'
            else 'line'
        end as level
    from lines_below_heads
),

-- The class codes that the document itself gives a name; the catalogue only where it gives none.
document_classes as (
    select
        disclosure_id,
        {{ comparable_name('account_name') }} as class_name,
        min(account_code) as class_code
    from {{ ref('int_account_rows') }}
    where level = 'class' and classification = 'function'
    group by all
),

catalogue_classes as (
    select
        {{ comparable_name('function_name') }} as class_name,
        min(function_code) as class_code
    from {{ ref('functions') }}
    where length(function_code) = 3
    group by all
),

placed_lines as (
    select
        *,
        max(case when level in ('line', 'balance') then row_number end) over (
            partition by disclosure_id, table_name, side
            order by row_number
            rows between unbounded preceding and 1 preceding
        ) as line_above,
        max(case when level = 'total' then label end) over (
            partition by disclosure_id, table_name, side
        ) as total_label
    from lines
),

detailed_lines as (
    select
        disclosure_id,
        table_name,
        line_above as row_number
    from placed_lines
    where level in ('detail', 'balance_detail')
    group by all
)

select
    lines.disclosure_id,
    lines.table_name,
    lines.row_number,
    lines.side,
    lines.label,
    lines.line,
    lines.level,
    lines.source_ref,
    case
        when lines.level = 'total' then 'total'
        when lines.level = 'subtotal' or detailed_lines.row_number is not null then 'subtotal'
        else 'leaf'
    end as row_role,
    case
        when lines.side = 'expenditure' and lines.level = 'line' and lines.line = 'other'
            then coalesce(
                document_classes.class_code, catalogue_classes.class_code, lines.line_name
            )
    end as class_code,
    lines.label as row_key,
    case
        when lines.level in ('line', 'balance') then lines.total_label
        when lines.level in ('detail', 'balance_detail') then parents.label
    end as parent_row_key
from placed_lines as lines
left join detailed_lines
    on
        lines.disclosure_id = detailed_lines.disclosure_id
        and lines.table_name = detailed_lines.table_name
        and lines.row_number = detailed_lines.row_number
left join lines as parents
    on
        lines.level in ('detail', 'balance_detail')
        and lines.disclosure_id = parents.disclosure_id
        and lines.table_name = parents.table_name
        and lines.line_above = parents.row_number
left join document_classes
    on
        lines.disclosure_id = document_classes.disclosure_id
        and lines.line_name = document_classes.class_name
left join catalogue_classes
    on lines.line_name = catalogue_classes.class_name
