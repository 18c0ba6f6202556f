-- One row per disclosure and paragraph of the prose that opens with an account and its amount.
with paragraphs as (
    select *
    from {{ ref('rec_claims') }}
    where claim_number = heading_number and amount_yuan is not null
),

codes as (
    select
        disclosure_id,
        account_code
    from paragraphs
    where account_code is not null
    group by disclosure_id, account_code
),

codes_above_others as (
    select
        codes.disclosure_id,
        codes.account_code
    from codes
    inner join codes as codes_below
        on
            codes.disclosure_id = codes_below.disclosure_id
            and length(codes.account_code) < length(codes_below.account_code)
            and codes.account_code
            = substr(codes_below.account_code, 1, length(codes.account_code))
    group by codes.disclosure_id, codes.account_code
)

select
    paragraphs.*,
    -- Where a class is listed and its items too, only the items add up.
    codes_above_others.account_code is null as is_lowest
from paragraphs
left join codes_above_others
    on
        paragraphs.disclosure_id = codes_above_others.disclosure_id
        and paragraphs.account_code = codes_above_others.account_code
