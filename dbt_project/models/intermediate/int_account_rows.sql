-- One row per printed row of the tables by account, placed in its tree.
-- More than 150 lines: all tables are placed in their trees by the same rules.
with printed_rows as (
    select *
    from {{ ref('int_coded_rows') }}
),

-- The rows that print no code and are no total by their name.
uncoded_rows as (
    select
        disclosure_id,
        table_name,
        row_number,
        account_name
    from printed_rows
    where
        account_code is null
        and printed_code is null
        and not is_empty_line
        and not {{ is_total_name('account_name') }}
),

headed_tables as (
    select
        uncoded_rows.disclosure_id,
        uncoded_rows.table_name,
        min(uncoded_rows.row_number) as first_row_number
    from uncoded_rows
    group by uncoded_rows.disclosure_id, uncoded_rows.table_name
),

untotalled_tables as (
    select
        headed_tables.disclosure_id,
        headed_tables.table_name,
        headed_tables.first_row_number
    from headed_tables
    inner join printed_rows
        on
            headed_tables.disclosure_id = printed_rows.disclosure_id
            and headed_tables.table_name = printed_rows.table_name
    group by
        headed_tables.disclosure_id, headed_tables.table_name, headed_tables.first_row_number
    having
        min(printed_rows.row_number) = headed_tables.first_row_number
        and not max(
            printed_rows.account_code is null
            and printed_rows.printed_code is null
            and {{ is_total_name('printed_rows.account_name') }}
        )
),

-- A table without a total by name may open with one: the organization's own row, or a nameless one.
heads as (
    select
        uncoded_rows.disclosure_id,
        uncoded_rows.table_name,
        uncoded_rows.row_number
    from untotalled_tables
    inner join uncoded_rows
        on
            untotalled_tables.disclosure_id = uncoded_rows.disclosure_id
            and untotalled_tables.table_name = uncoded_rows.table_name
            and untotalled_tables.first_row_number = uncoded_rows.row_number
    inner join {{ ref('stg_disclosures') }} as disclosures
        on uncoded_rows.disclosure_id = disclosures.disclosure_id
    where
        uncoded_rows.account_name is null
        or substr(
            {{ comparable_name('uncoded_rows.account_name') }},
            1,
            length({{ comparable_name('disclosures.organization_name') }})
        ) = {{ comparable_name('disclosures.organization_name') }}
),

-- By the first digits of codes: whether they are printed as a code themselves, or extended by one.
classes as (
    select
        disclosure_id,
        table_name,
        substr(account_code, 1, 3) as account_code,
        max(length(account_code) = 3) as is_printed,
        max(length(account_code) > 3) as is_extended
    from printed_rows
    where length(account_code) >= 3
    group by disclosure_id, table_name, substr(account_code, 1, 3)
),

sections as (
    select
        disclosure_id,
        table_name,
        substr(account_code, 1, 5) as account_code,
        max(length(account_code) = 5) as is_printed,
        max(length(account_code) > 5) as is_extended
    from printed_rows
    where length(account_code) >= 5
    group by disclosure_id, table_name, substr(account_code, 1, 5)
),

tables_with_accounts as (
    select distinct
        disclosure_id,
        table_name
    from printed_rows
    where account_code is not null
),

rows_in_tree as (
    select
        printed_rows.*,
        case
            when printed_rows.account_code is not null
                then case
                    when length(printed_rows.account_code) = 3 and classes.is_extended
                        then 'subtotal'
                    when length(printed_rows.account_code) = 5 and sections.is_extended
                        then 'subtotal'
                    else 'leaf'
                end
            when heads.row_number is not null and coalesce(unit_rows.row_role, '') <> 'leaf'
                then 'total'
            when
                printed_rows.printed_code is null
                and {{ is_total_name('printed_rows.account_name') }}
                then 'total'
            -- The sum of some accounts, as 人员经费合计 is.
            when
                printed_rows.printed_code is null
                and {{ matches(comparable_name('printed_rows.account_name'), '.*(合计|小计)') }}
                then 'subtotal'
            -- The accounts below a unit hold its figures.
            when printed_rows.is_unit then coalesce(unit_rows.row_role, 'subtotal')
            when printed_rows.is_detail and tables_with_accounts.disclosure_id is not null
                then 'detail'
            -- The lines of a form that a document leaves empty add nothing to its total.
            when printed_rows.is_empty_line then 'leaf'
            else 'unplaced'
        end as row_role,
        case
            when length(printed_rows.account_code) = 7 and sections.is_printed
                then sections.account_code
        end as printed_section_code,
        case
            when length(printed_rows.account_code) > 3 and classes.is_printed
                then classes.account_code
        end as printed_class_code
    from printed_rows
    left join classes
        on
            printed_rows.disclosure_id = classes.disclosure_id
            and printed_rows.table_name = classes.table_name
            and substr(printed_rows.account_code, 1, 3) = classes.account_code
    left join sections
        on
            printed_rows.disclosure_id = sections.disclosure_id
            and printed_rows.table_name = sections.table_name
            and substr(printed_rows.account_code, 1, 5) = sections.account_code
    left join heads
        on
            printed_rows.disclosure_id = heads.disclosure_id
            and printed_rows.table_name = heads.table_name
            and printed_rows.row_number = heads.row_number
    left join {{ ref('int_unit_rows') }} as unit_rows
        on
            printed_rows.disclosure_id = unit_rows.disclosure_id
            and printed_rows.table_name = unit_rows.table_name
            and printed_rows.row_number = unit_rows.row_number
    left join tables_with_accounts
        on
            printed_rows.disclosure_id = tables_with_accounts.disclosure_id
            and printed_rows.table_name = tables_with_accounts.table_name
)

select
    disclosure_id,
    table_name,
    classification,
    row_number,
    coalesce(account_code, printed_code) as account_code,
    account_name,
    unit_name,
    detail_key,
    source_ref,
    row_role,
    case
        when row_role = 'total' then 'total'
        when length(account_code) = 3 then 'class'
        when classification = 'economic'
            then case length(account_code) when 5 then 'item' when 7 then 'sub_item' end
        when length(account_code) = 5 then 'section'
        when length(account_code) = 7 then 'item'
    end as level,
    substr(account_code, 1, 3) as class_code,
    case
        when row_role = 'total' then 'total row'
        else coalesce(account_code, 'row ' || cast(row_number as string))
    end as row_key,
    -- The nearest account above that the table prints: some documents leave a level out.
    case
        when
            row_role in ('leaf', 'subtotal')
            then coalesce(printed_section_code, printed_class_code, 'total row')
    end as parent_row_key,
    -- True where the parts of the code make a code: 3, then 2 for each level, none left out.
    coalesce(
        length(class_code) = 3
        and length(own_code) = 3
        + case when section_code is null then 0 else 2 end
        + case when item_code is null then 0 else 2 end
        and substr(own_code, 1, 3) = class_code
        and coalesce(length(section_code), 2) > 1
        and coalesce(length(item_code), 2) > 1
        and not (
            classification = 'function'
            and item_code is not null
            and section_code is null
        ),
        class_code is null and section_code is null and item_code is null
    ) as has_valid_code
from rows_in_tree
