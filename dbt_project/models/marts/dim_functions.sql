-- One row per fiscal year and functional code (类/款/项).
with accounts as (
    select
        *,
        substr(account_code, 1, 3) as class_code,
        case when length(account_code) >= 5 then substr(account_code, 1, 5) end as section_code
    from {{ ref('int_accounts') }}
    where classification = 'function'
),

aliases as (
    select
        account_code,
        {{ joined('alias') }} as aliases
    from {{ ref('dim_account_aliases') }}
    where classification = 'function'
    group by all
)

select
    accounts.fiscal_year,
    accounts.account_code as function_code,
    accounts.account_name as function_name,
    case length(accounts.account_code) when 3 then 'class' when 5 then 'section' else 'item' end
        as level,
    case length(accounts.account_code)
        when 3 then null
        when 5 then accounts.class_code
        else accounts.section_code
    end as parent_code,
    accounts.class_code,
    classes.account_name as class_name,
    accounts.section_code,
    sections.account_name as section_name,
    case when length(accounts.account_code) = 7 then accounts.account_code end as item_code,
    case when length(accounts.account_code) = 7 then accounts.account_name end as item_name,
    accounts.published_name,
    aliases.aliases,
    accounts.valid_from,
    accounts.valid_to,
    accounts.is_valid,
    accounts.is_catalogued,
    accounts.evidence,
    accounts.document_count,
    accounts.years_seen
from accounts
inner join accounts as classes
    on
        accounts.fiscal_year = classes.fiscal_year
        and accounts.class_code = classes.account_code
left join accounts as sections
    on
        accounts.fiscal_year = sections.fiscal_year
        and accounts.section_code = sections.account_code
left join aliases
    on accounts.account_code = aliases.account_code
