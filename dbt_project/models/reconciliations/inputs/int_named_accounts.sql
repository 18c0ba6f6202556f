-- One row per disclosure and claim that names an account, with that account and its printed amount.
-- It is named alone (事业单位医疗), by its way down the tree (…（类）…（款）…（项）) or the end of it, or by
-- its code. A name of several accounts, and one that nothing tells of, is open.
-- More than 150 lines: an account is named in four ways.
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

-- The ends of the ways down the tree, as they are printed without marks of levels.
ways as (
    select
        disclosure_id,
        account_code,
        level,
        {{ replaced('section_name || short_name', '支出', '') }} as way
    from accounts_in_tree
    where level = 'item'
    union all
    select
        disclosure_id,
        account_code,
        level,
        {{ replaced('class_name || short_name', '支出', '') }} as way
    from accounts_in_tree
    where level in ('section', 'item')
    union all
    select
        disclosure_id,
        account_code,
        level,
        {{ replaced('class_name || section_name || short_name', '支出', '') }} as way
    from accounts_in_tree
    where level = 'item'
),

names as (
    select
        disclosure_id,
        claim_number,
        {{ captured(comparable_name('account_name'), '[(](2[0-9]{4,6})[)]', 1) }} as printed_code,
        {{ replaced(comparable_name('account_name'), '[(][0-9]+[)]|[0-9“”"]', '') }} as path
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
        ) }} as short_name,
        {{ replaced('path', '[(][类款项][)]|[-—－–]|支出', '') }} as way
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
                then 2
            else 3
        end as preference
    from names_and_levels as names
    inner join accounts_in_tree
        on
            names.disclosure_id = accounts_in_tree.disclosure_id
            and names.short_name = accounts_in_tree.short_name
            and coalesce(names.level, accounts_in_tree.level) = accounts_in_tree.level
    where
        names.printed_code = ''
        and (
            names.level is null
            or {{ replaced('names.path', '^[^()]*[(][类款项][)]$', '') }} = ''
            or names.path like '%' || accounts_in_tree.class_name || '%'
            or names.path like '%' || accounts_in_tree.section_name || '%'
        )
    union all
    select
        names.disclosure_id,
        names.claim_number,
        ways.account_code,
        1 as preference
    from names_and_levels as names
    inner join ways
        on
            names.disclosure_id = ways.disclosure_id
            and names.way = ways.way
            and coalesce(names.level, ways.level) = ways.level
    where names.printed_code = ''
    union all
    select
        names.disclosure_id,
        names.claim_number,
        accounts.account_code,
        0 as preference
    from names
    inner join accounts
        on
            names.disclosure_id = accounts.disclosure_id
            and names.printed_code = accounts.account_code
),

-- The same words name a section and its only item: then the item is meant, the line of spending.
ranked_candidates as (
    select
        disclosure_id,
        claim_number,
        min(account_code) as account_code,
        count(distinct account_code) as candidates,
        row_number() over (
            partition by disclosure_id, claim_number
            order by preference, length(account_code) desc
        ) as rank
    from candidates
    group by disclosure_id, claim_number, preference, length(account_code)
),

-- Names that would be found if the tables had the account: by a code of as many digits as theirs, a
-- name of the classification, or a class or section that they print.
known_names as (
    select
        names.disclosure_id,
        names.claim_number
    from names
    inner join accounts
        on
            names.disclosure_id = accounts.disclosure_id
            and length(names.printed_code) = length(accounts.account_code)
    union
    select
        names.disclosure_id,
        names.claim_number
    from names_and_levels as names
    inner join {{ ref('int_catalogue_codes') }} as catalogue
        on
            catalogue.classification = 'function'
            and {{ replaced('names.path', '(支出)?([(][类款项][)])?$', '') }}
            = {{ replaced('catalogue.comparable_account', '支出$', '') }}
    union
    select
        names.disclosure_id,
        names.claim_number
    from names
    inner join accounts_in_tree as ancestors
        on
            names.disclosure_id = ancestors.disclosure_id
            and ancestors.level in ('class', 'section')
            and (
                names.path like ancestors.short_name || '(_)_%'
                or names.path like ancestors.short_name || '支出(_)_%'
                or names.path like '%(类)' || ancestors.short_name || '(款)_%'
            )
),

named_codes as (
    select
        names.disclosure_id,
        names.claim_number,
        case
            when ranked_candidates.candidates is not null then ranked_candidates.candidates > 1
            else known_names.claim_number is null
        end as is_ambiguous,
        case when ranked_candidates.candidates = 1 then ranked_candidates.account_code end
            as account_code
    from names
    left join ranked_candidates
        on
            names.disclosure_id = ranked_candidates.disclosure_id
            and names.claim_number = ranked_candidates.claim_number
            and ranked_candidates.rank = 1
    left join known_names
        on
            names.disclosure_id = known_names.disclosure_id
            and names.claim_number = known_names.claim_number
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
