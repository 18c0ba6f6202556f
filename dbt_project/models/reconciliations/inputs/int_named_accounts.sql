-- One row per disclosure and claim that names an account, with that account and its printed amount.
-- It is named alone (事业单位医疗) or by its way down the tree (…（类）…（款）…（项）).
with accounts as (
    select * from {{ ref('int_appropriated_accounts') }}
),

accounts_in_tree as (
    select
        accounts.*,
        {{ replaced('accounts.account_name', '支出$', '') }} as short_name,
        classes.account_name as class_name,
        sections.account_name as section_name,
        case accounts.level
            when 'class' then accounts.account_name || '(类)'
            when 'section'
                then
                    concat_ws('(类)', classes.account_name, accounts.account_name) || '(款)'
            else
                concat_ws('(类)', classes.account_name, sections.account_name)
                || '(款)'
                || accounts.account_name
                || '(项)'
        end as path
    from accounts
    left join accounts as classes
        on
            accounts.disclosure_id = classes.disclosure_id
            and substr(accounts.account_code, 1, 3) = classes.account_code
    left join accounts as sections
        on
            accounts.disclosure_id = sections.disclosure_id
            and substr(accounts.account_code, 1, 5) = sections.account_code
),

names as (
    select
        disclosure_id,
        claim_number,
        {{ replaced(comparable_name('account_name'), '[0-9“”"]', '') }} as path
    from {{ ref('int_narrative_claims') }}
    where measure = 'function_item'
),

names_and_levels as (
    select
        *,
        case
            when path like '%(项)' then 'item'
            when path like '%(款)' then 'section'
            when path like '%(类)' then 'class'
        end as level,
        {{ replaced(
            captured('path', '^(.*[(][类款][)])?([^()]+.*)$', 2), '(支出)?([(][类款项][)])?$', ''
        ) }} as short_name
    from names
),

candidates as (
    select
        names.disclosure_id,
        names.claim_number,
        accounts_in_tree.account_code,
        case
            when
                substr(
                    accounts_in_tree.path,
                    greatest(length(accounts_in_tree.path) - length(names.path) + 1, 1)
                ) = names.path
                then 1
            else 2
        end as preference
    from names_and_levels as names
    inner join accounts_in_tree
        on
            names.disclosure_id = accounts_in_tree.disclosure_id
            and names.short_name = accounts_in_tree.short_name
            and coalesce(names.level, accounts_in_tree.level) = accounts_in_tree.level
    where
        names.level is null
        or {{ replaced('names.path', '^[^()]*[(][类款项][)]$', '') }} = ''
        or names.path like '%' || accounts_in_tree.class_name || '%'
        or names.path like '%' || accounts_in_tree.section_name || '%'
),

-- The same words name a section and its only item: then the item is meant, the line of spending.
ranked_candidates as (
    select
        disclosure_id,
        claim_number,
        min(account_code) as account_code,
        count(*) as candidates,
        row_number() over (
            partition by disclosure_id, claim_number
            order by preference, length(account_code) desc
        ) as rank
    from candidates
    group by disclosure_id, claim_number, preference, length(account_code)
),

named_codes as (
    select
        disclosure_id,
        claim_number,
        candidates > 1 as is_ambiguous,
        case when candidates = 1 then account_code end as account_code
    from ranked_candidates
    where rank = 1
)

select
    named_codes.*,
    accounts.printed_yuan,
    accounts.printed_half_unit,
    accounts.printed_unit,
    accounts.printed_place,
    accounts.table_name,
    accounts.row_number,
    accounts.source_ref
from named_codes
left join accounts
    on
        named_codes.disclosure_id = accounts.disclosure_id
        and named_codes.account_code = accounts.account_code
