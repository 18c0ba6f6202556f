-- One row per disclosure and change since another year that the prose states, with what changed:
-- one says of every total that the tables make equal what one says of any of them.
{%- set totals = "('" ~ compared_totals() | join("', '") ~ "')" %}
with printed_totals as (
    select
        disclosure_id,
        claim_number,
        max(printed_yuan) as printed_yuan
    from {{ ref('rec_claims') }}
    where measure in {{ totals }}
    group by disclosure_id, claim_number
)

select
    changes.*,
    coalesce(printed_totals.printed_yuan, changes.amount_yuan) as printed_yuan,
    case
        when changes.measure in {{ totals }} then 'totals'
        else changes.measure || coalesce(' ' || changes.account_name, '')
    end as compared_quantity
from {{ ref('int_stated_changes') }} as changes
left join printed_totals
    on
        changes.disclosure_id = printed_totals.disclosure_id
        and changes.claim_number = printed_totals.claim_number
where changes.signed_change_yuan is not null and changes.base_year is not null
