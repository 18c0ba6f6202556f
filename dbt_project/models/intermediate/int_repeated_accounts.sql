-- One row per printed row of a table by account whose figures other rows of its table hold.
-- More than 150 lines: an account, its parts and the units above it are decided from the total.
{{ config(materialized='table') }}
{#-
    A page that stands twice in a document, an account where another one belongs, the parts of an
    account under its own code, or a unit with a code like an account's above its accounts. Rows of one
    account with other amounts are added; so are rows with the same amounts where the account above, or
    the total, holds each of them. Only tables that print a key twice are looked at row by row.
-#}
with repeated_keys as (
    select
        disclosure_id,
        table_name,
        row_key,
        coalesce(min(account_name) = max(account_name), true) as has_one_name
    from {{ ref('int_account_rows') }}
    where row_role not in ('unplaced', 'detail')
    group by disclosure_id, table_name, row_key
    having count(*) > 1
),

-- Codes of another list, such as that of units, which is printed above the accounts of each.
foreign_keys as (
    select
        disclosure_id,
        table_name,
        row_key
    from {{ ref('int_account_rows') }}
    where
        row_role in ('leaf', 'subtotal')
        and account_code is not null
        and case classification
            when 'economic' then substr(account_code, 1, 1) not in ('3', '5')
            else substr(account_code, 1, 1) <> '2'
        end
    group by disclosure_id, table_name, row_key
),

tables_with_repeats as (
    select
        disclosure_id,
        table_name
    from repeated_keys
    union
    select
        disclosure_id,
        table_name
    from foreign_keys
),

rows_of_tables as (
    select
        tree.disclosure_id,
        tree.table_name,
        cast(null as string) as side,
        tree.row_number,
        tree.row_role,
        tree.row_key,
        tree.parent_row_key,
        concat_ws(' ', tree.unit_name, tree.detail_key) as detail_key
    from {{ ref('int_account_rows') }} as tree
    inner join tables_with_repeats
        on
            tree.disclosure_id = tables_with_repeats.disclosure_id
            and tree.table_name = tables_with_repeats.table_name
    where tree.row_role not in ('unplaced', 'detail')
),

row_amounts as (
    {{ amounts_of_rows('rows_of_tables') }}
),

account_rows as (
    select
        rows_of_tables.disclosure_id,
        rows_of_tables.table_name,
        rows_of_tables.row_number,
        rows_of_tables.row_role,
        rows_of_tables.row_key,
        rows_of_tables.parent_row_key,
        concat_ws(' ', row_amounts.figures, rows_of_tables.detail_key) as figures,
        row_amounts.amount_yuan,
        row_amounts.half_unit
    from rows_of_tables
    inner join row_amounts
        on
            rows_of_tables.disclosure_id = row_amounts.disclosure_id
            and rows_of_tables.table_name = row_amounts.table_name
            and rows_of_tables.row_number = row_amounts.row_number
),

copies as (
    select
        *,
        row_number() over (
            partition by disclosure_id, table_name, row_key, figures
            order by row_number
        ) > 1 as is_copy
    from account_rows
),

all_keys as (
    select
        disclosure_id,
        table_name,
        row_key,
        min(parent_row_key) as parent_row_key,
        max(case row_role when 'total' then 1 else 0 end) = 1 as is_total,
        max(amount_yuan) as largest_yuan,
        sum(case when is_copy then 0 else amount_yuan end) as once_yuan,
        sum(amount_yuan) as all_yuan,
        count(case when not is_copy then 1 end) as row_count,
        min(half_unit) as half_unit
    from copies
    group by disclosure_id, table_name, row_key
),

-- A table whose total its accounts come to alone counts no other codes.
tables_of_accounts as (
    select
        all_keys.disclosure_id,
        all_keys.table_name
    from all_keys
    left join foreign_keys
        on
            all_keys.disclosure_id = foreign_keys.disclosure_id
            and all_keys.table_name = foreign_keys.table_name
            and all_keys.row_key = foreign_keys.row_key
    group by all_keys.disclosure_id, all_keys.table_name
    having
        count(foreign_keys.row_key) > 0
        and abs(
            max(case when all_keys.is_total then all_keys.largest_yuan end)
            - sum(
                case
                    when all_keys.parent_row_key = 'total row' and foreign_keys.row_key is null
                        then all_keys.once_yuan
                    else 0
                end
            )
        ) < abs(
            max(case when all_keys.is_total then all_keys.largest_yuan end)
            - sum(
                case when all_keys.parent_row_key = 'total row' then all_keys.once_yuan else 0 end
            )
        )
),

rows_of_units as (
    select
        foreign_keys.disclosure_id,
        foreign_keys.table_name,
        foreign_keys.row_key
    from foreign_keys
    inner join tables_of_accounts
        on
            foreign_keys.disclosure_id = tables_of_accounts.disclosure_id
            and foreign_keys.table_name = tables_of_accounts.table_name
),

keys as (
    select all_keys.*
    from all_keys
    left join rows_of_units
        on
            all_keys.disclosure_id = rows_of_units.disclosure_id
            and all_keys.table_name = rows_of_units.table_name
            and all_keys.row_key = rows_of_units.row_key
    where rows_of_units.row_key is null
),

-- Every account of these tables: all of its rows, and what is left of them without copies; nor are
-- its parts counted where one of three rows or more holds the others.
accounts as (
    select
        keys.*,
        keys.row_count > 2
        and abs(keys.largest_yuan * 2 - keys.once_yuan) <= keys.half_unit * (keys.row_count + 1)
            as has_parts,
        case
            when
                keys.row_count > 2
                and abs(keys.largest_yuan * 2 - keys.once_yuan)
                <= keys.half_unit * (keys.row_count + 1)
                then keys.largest_yuan
            else keys.once_yuan
        end as held_yuan,
        coalesce(repeated_keys.has_one_name, true) as has_one_name
    from keys
    left join repeated_keys
        on
            keys.disclosure_id = repeated_keys.disclosure_id
            and keys.table_name = repeated_keys.table_name
            and keys.row_key = repeated_keys.row_key
),

parents as (
    select
        disclosure_id,
        table_name,
        parent_row_key,
        sum(held_yuan) as held_yuan,
        sum(all_yuan) as all_yuan
    from accounts
    where parent_row_key is not null
    group by disclosure_id, table_name, parent_row_key
),

-- A total is one number, however often it is printed. From there down: what the account above
-- comes to decides whether those below it are counted with their copies.
totals as (
    select
        disclosure_id,
        table_name,
        row_key,
        largest_yuan,
        has_parts,
        true as is_once,
        largest_yuan as counted_yuan
    from accounts
    where is_total
),

{%- set levels = ['totals', 'first_level', 'second_level', 'third_level'] %}
{%- for level in levels[1:] %}
    {%- set above = levels[loop.index0] %}

    {{ level }} as (
        select
            accounts.disclosure_id,
            accounts.table_name,
            accounts.row_key,
            accounts.largest_yuan,
            accounts.has_parts,
            coalesce(
                abs(above.counted_yuan - parents.held_yuan)
                <= abs(above.counted_yuan - parents.all_yuan),
                accounts.has_one_name
            ) as is_once,
            case
                when
                    coalesce(
                        abs(above.counted_yuan - parents.held_yuan)
                        <= abs(above.counted_yuan - parents.all_yuan),
                        accounts.has_one_name
                    )
                    then accounts.held_yuan
                else accounts.all_yuan
            end as counted_yuan
        from accounts
        inner join parents
            on
                accounts.disclosure_id = parents.disclosure_id
                and accounts.table_name = parents.table_name
                and accounts.parent_row_key = parents.parent_row_key
        {{ 'left' if loop.first else 'inner' }} join {{ above }} as above
            on
                accounts.disclosure_id = above.disclosure_id
                and accounts.table_name = above.table_name
                and accounts.parent_row_key = above.row_key
        {%- if loop.first %}
            where accounts.parent_row_key = 'total row'
        {%- endif %}
    ),
{% endfor %}

decided_accounts as (
    {%- for level in levels %}
        select
            disclosure_id,
            table_name,
            row_key,
            largest_yuan,
            has_parts,
            is_once
        from {{ level }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    copies.disclosure_id,
    copies.table_name,
    copies.row_number
from copies
inner join decided_accounts
    on
        copies.disclosure_id = decided_accounts.disclosure_id
        and copies.table_name = decided_accounts.table_name
        and copies.row_key = decided_accounts.row_key
where
    decided_accounts.is_once
    and (
        copies.is_copy
        or (decided_accounts.has_parts and copies.amount_yuan <> decided_accounts.largest_yuan)
    )
union all
select
    copies.disclosure_id,
    copies.table_name,
    copies.row_number
from copies
inner join rows_of_units
    on
        copies.disclosure_id = rows_of_units.disclosure_id
        and copies.table_name = rows_of_units.table_name
        and copies.row_key = rows_of_units.row_key
