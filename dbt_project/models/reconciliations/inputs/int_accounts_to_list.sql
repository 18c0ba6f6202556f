-- One row per disclosure whose prose lists accounts, and account that it should list: the leaves of
-- the tables by fund.
with listed_accounts as (
    select
        disclosure_id,
        account_code,
        amount_yuan,
        half_unit
    from {{ ref('int_listed_accounts') }}
),

printed_leaves as (
    select
        *,
        table_name || ' ' || source_ref as place
    from {{ ref('int_located_amounts') }}
    where
        table_name in {{ tables_by_fund() }}
        and measure = 'total'
        and row_role = 'leaf'
        and account_code is not null
        and amount_yuan > 0
        and disclosure_id in (select listed_accounts.disclosure_id from listed_accounts)
),

leaves as (
    select
        disclosure_id,
        account_code,
        min(account_name) as account_name,
        {{ shown_yuan('sum(amount_yuan)') }} as amount_yuan,
        min_by(table_name, place) as table_name,
        {{ first_row_number('row_number', 'place') }} as row_number,
        min_by(source_ref, place) as source_ref
    from printed_leaves
    group by disclosure_id, account_code
),

leaves_of_lists as (
    select
        leaves.disclosure_id,
        leaves.account_code,
        max(
            coalesce(
                listed_accounts.account_code in (
                    substr(leaves.account_code, 1, 3),
                    substr(leaves.account_code, 1, 5),
                    leaves.account_code
                ),
                false
            )
        ) as is_listed,
        -- Listed under a name that the tables do not have: the amount shows which account is meant.
        max(
            listed_accounts.account_code is null
            and abs(leaves.amount_yuan - listed_accounts.amount_yuan) <= listed_accounts.half_unit
        ) as is_misnamed
    from leaves
    inner join listed_accounts
        on leaves.disclosure_id = listed_accounts.disclosure_id
    group by leaves.disclosure_id, leaves.account_code
)

select
    leaves.*,
    leaves_of_lists.is_listed,
    leaves_of_lists.is_misnamed
from leaves
inner join leaves_of_lists
    on
        leaves.disclosure_id = leaves_of_lists.disclosure_id
        and leaves.account_code = leaves_of_lists.account_code
