-- One row per fiscal year and economic code (类/款, and what a document prints below).
with accounts as (
    select
        *,
        substr(account_code, 1, 3) as class_code
    from {{ ref('int_accounts') }}
    where classification = 'economic'
),

aliases as (
    select
        account_code,
        {{ joined('alias') }} as aliases
    from {{ ref('dim_account_aliases') }}
    where classification = 'economic'
    group by all
)

select
    accounts.fiscal_year,
    accounts.account_code as economic_code,
    accounts.account_name as economic_name,
    case length(accounts.account_code) when 3 then 'class' when 5 then 'item' else 'sub_item' end
        as level,
    case length(accounts.account_code)
        when 3 then null
        when 5 then accounts.class_code
        else substr(accounts.account_code, 1, 5)
    end as parent_code,
    accounts.class_code,
    classes.account_name as class_name,
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
left join aliases
    on accounts.account_code = aliases.account_code
