-- One row per figure stated in the prose and rule, with the printed amount that it repeats.
{{ config(materialized='table') }}
with first_of_paragraphs as (
    select
        disclosure_id,
        coalesce(ordinal, '') as ordinal,
        account_name,
        min(claim_number) as claim_number
    from {{ ref('int_narrative_claims') }}
    where measure = 'function_item'
    group by disclosure_id, coalesce(ordinal, ''), account_name
),

-- An account that several funds pay for: prose about one of them states the amount of that one.
amounts_of_one_fund as (
    select
        claims.disclosure_id,
        claims.claim_number,
        min_by(amounts.amount_yuan, amounts.table_name) as printed_yuan,
        min_by(amounts.half_unit, amounts.table_name) as printed_half_unit,
        min_by(amounts.unit, amounts.table_name) as printed_unit,
        min(amounts.table_name) as table_name,
        {{ first_row_number('amounts.row_number', 'amounts.table_name') }} as row_number,
        min_by(amounts.source_ref, amounts.table_name) as source_ref
    from {{ ref('int_narrative_claims') }} as claims
    inner join {{ ref('int_named_accounts') }} as accounts
        on
            claims.disclosure_id = accounts.disclosure_id
            and claims.claim_number = accounts.claim_number
    inner join {{ ref('int_located_amounts') }} as amounts
        on
            accounts.disclosure_id = amounts.disclosure_id
            and accounts.account_code = amounts.account_code
            and abs(claims.amount_yuan - amounts.amount_yuan)
            <= claims.half_unit + amounts.half_unit
    where
        amounts.table_name in {{ tables_by_fund() }}
        and amounts.measure = 'total'
        and amounts.amount_yuan <> 0
    group by claims.disclosure_id, claims.claim_number
),

repeated as (
    select
        totals.rule_code,
        claims.disclosure_id,
        claims.claim_number,
        cast(null as string) as account_code,
        false as is_ambiguous,
        cast(null as integer) as heading_number,
        totals.printed_yuan,
        totals.printed_half_unit,
        totals.printed_unit,
        totals.printed_place,
        {{ place_of('printed', 'totals') }}
    from {{ ref('int_narrative_claims') }} as claims
    inner join {{ ref('int_repeated_totals') }} as totals
        on
            claims.disclosure_id = totals.disclosure_id
            and claims.measure = totals.measure
    union all
    select
        'NT-05' as rule_code,
        claims.disclosure_id,
        claims.claim_number,
        accounts.account_code,
        coalesce(accounts.is_ambiguous, false) as is_ambiguous,
        -- Every amount of an account in final accounts is its outturn; in a budget the first is.
        case
            when claims.stage <> 'final_accounts' then first_of_paragraphs.claim_number
        end as heading_number,
        coalesce(one_fund.printed_yuan, accounts.printed_yuan) as printed_yuan,
        coalesce(one_fund.printed_half_unit, accounts.printed_half_unit) as printed_half_unit,
        coalesce(one_fund.printed_unit, accounts.printed_unit) as printed_unit,
        case
            when one_fund.claim_number is null then accounts.printed_place
            else concat_ws(' ', one_fund.table_name, one_fund.source_ref)
        end as printed_place,
        coalesce(one_fund.table_name, accounts.table_name) as printed_table_name,
        coalesce(one_fund.row_number, accounts.row_number) as printed_row_number,
        coalesce(one_fund.source_ref, accounts.source_ref) as printed_source_ref
    from {{ ref('int_narrative_claims') }} as claims
    inner join first_of_paragraphs
        on
            claims.disclosure_id = first_of_paragraphs.disclosure_id
            and coalesce(claims.ordinal, '') = first_of_paragraphs.ordinal
            and claims.account_name = first_of_paragraphs.account_name
    left join {{ ref('int_named_accounts') }} as accounts
        on
            claims.disclosure_id = accounts.disclosure_id
            and claims.claim_number = accounts.claim_number
    left join amounts_of_one_fund as one_fund
        on
            claims.disclosure_id = one_fund.disclosure_id
            and claims.claim_number = one_fund.claim_number
    where claims.measure = 'function_item'
)

select
    repeated.rule_code,
    claims.disclosure_id,
    claims.claim_number,
    concat_ws(
        ' ', claims.measure, claims.account_name, 'claim ' || cast(claims.claim_number as string)
    ) as subject,
    claims.subject as coded_subject,
    claims.measure,
    claims.account_name,
    claims.ordinal,
    repeated.account_code,
    repeated.is_ambiguous,
    repeated.heading_number,
    claims.fiscal_year,
    claims.stage,
    claims.amount_yuan,
    claims.half_unit,
    claims.unit,
    concat_ws('', claims.amount_text, claims.unit) as amount_text,
    claims.base_year,
    claims.base_stage,
    'narrative_claims ' || claims.source_ref as place,
    {{ shown_yuan('repeated.printed_yuan') }} as printed_yuan,
    cast(repeated.printed_half_unit as decimal(18, 7)) as printed_half_unit,
    repeated.printed_unit,
    repeated.printed_place,
    claims.table_name,
    claims.row_number,
    claims.source_ref,
    repeated.printed_table_name,
    repeated.printed_row_number,
    repeated.printed_source_ref
from repeated
inner join {{ ref('int_narrative_claims') }} as claims
    on
        repeated.disclosure_id = claims.disclosure_id
        and repeated.claim_number = claims.claim_number
