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
        first_of_paragraphs.claim_number as heading_number,
        accounts.printed_yuan,
        accounts.printed_half_unit,
        accounts.printed_unit,
        accounts.printed_place,
        {{ place_of('printed', 'accounts') }}
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
