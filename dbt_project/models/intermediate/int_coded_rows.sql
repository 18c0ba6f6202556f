-- One row per printed row of the tables by account, with the account, unit and detail it is about.
with placed_rows as (
    select
        printed_rows.*,
        kinds.classification,
        -- By economic accounts within functions, the code of a row is that of its economic account.
        kinds.classification = 'economic' and printed_rows.economic_class_code is not null
            as has_economic_account,
        {{ unit_row_number() }} as unit_row_number
    from {{ ref('stg_printed_rows') }} as printed_rows
    inner join {{ ref('int_table_kinds') }} as kinds
        on printed_rows.table_name = kinds.table_name
    where kinds.classification is not null
),

keyed_rows as (
    select
        disclosure_id,
        table_name,
        classification,
        row_number,
        case when has_economic_account then economic_class_code else class_code end as class_code,
        case when classification = 'function' then section_code end as section_code,
        case when has_economic_account then economic_item_code else item_code end as item_code,
        case when has_economic_account then economic_name else account_name end as account_name,
        organization_name,
        unit_row_number,
        -- The row's subject beside its account: rows that differ in it are no copies.
        nullif(
            concat_ws(
                ' ',
                organization_code,
                organization_name,
                case when has_economic_account then class_code end,
                case when has_economic_account then item_code end,
                case when not has_economic_account then economic_class_code end,
                case when not has_economic_account then economic_item_code end,
                case when not has_economic_account then economic_name end,
                government_class_code,
                government_item_code,
                project_code,
                project_name
            ),
            ''
        ) as detail_key,
        coalesce(economic_name, government_name, project_name) as detail_name,
        source_ref
    from placed_rows
),

coded_rows as (
    select
        *,
        case classification
            when 'economic' then {{ economic_code('class_code', 'item_code') }}
            else {{ account_code(['class_code', 'section_code', 'item_code']) }}
        end as own_code,
        coalesce(account_name, class_code, section_code, item_code) is null as is_without_account
    from keyed_rows
),

-- The rows that print neither an account nor a figure but nil.
empty_lines as (
    select
        coded_rows.disclosure_id,
        coded_rows.table_name,
        coded_rows.row_number
    from coded_rows
    left join {{ ref('stg_printed_amounts') }} as amounts
        on
            coded_rows.disclosure_id = amounts.disclosure_id
            and coded_rows.table_name = amounts.table_name
            and coded_rows.row_number = amounts.row_number
    where coded_rows.is_without_account
    group by coded_rows.disclosure_id, coded_rows.table_name, coded_rows.row_number
    having count(nullif(amounts.printed_amount, 0)) = 0
),

unit_names as (
    select
        disclosure_id,
        table_name,
        row_number,
        organization_name as unit_name
    from keyed_rows
    where organization_name is not null
)

select
    coded_rows.disclosure_id,
    coded_rows.table_name,
    coded_rows.classification,
    coded_rows.row_number,
    coded_rows.class_code,
    coded_rows.section_code,
    coded_rows.item_code,
    coded_rows.own_code,
    coalesce(coded_rows.own_code, completed_codes.account_code, named_codes.account_code)
        as account_code,
    -- A text that is no code in its parts is shown as printed.
    case
        when coded_rows.own_code is null
            then nullif(
                concat_ws(
                    '', coded_rows.class_code, coded_rows.section_code, coded_rows.item_code
                ),
                ''
            )
    end as printed_code,
    coalesce(coded_rows.account_name, coded_rows.detail_name, coded_rows.organization_name)
        as account_name,
    unit_names.unit_name,
    coded_rows.detail_key,
    coded_rows.is_without_account and coded_rows.detail_name is not null as is_detail,
    coded_rows.is_without_account
    and coded_rows.detail_name is null
    and coded_rows.organization_name is not null as is_unit,
    empty_lines.row_number is not null as is_empty_line,
    coded_rows.source_ref
from coded_rows
left join {{ ref('int_completed_codes') }} as completed_codes
    on
        coded_rows.own_code is null
        and coded_rows.disclosure_id = completed_codes.disclosure_id
        and coded_rows.table_name = completed_codes.table_name
        and coded_rows.row_number = completed_codes.row_number
left join {{ ref('int_named_codes') }} as named_codes
    on
        coded_rows.own_code is null
        and coded_rows.disclosure_id = named_codes.disclosure_id
        and coded_rows.table_name = named_codes.table_name
        and coded_rows.row_number = named_codes.row_number
left join empty_lines
    on
        coded_rows.disclosure_id = empty_lines.disclosure_id
        and coded_rows.table_name = empty_lines.table_name
        and coded_rows.row_number = empty_lines.row_number
left join unit_names
    on
        coded_rows.disclosure_id = unit_names.disclosure_id
        and coded_rows.table_name = unit_names.table_name
        and coded_rows.unit_row_number = unit_names.row_number
