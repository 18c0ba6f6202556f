-- One row per disclosure and percentage of small enterprises: it is what they were awarded over the
-- whole that the sentence names. The document against itself.
with shares as (
    select
        *,
        case subject when 'sme_share' then 'sme_awarded' else 'small_micro_awarded' end
            as part_measure,
        case when note like '%企业%' then 'sme_awarded' else 'procurement_total' end
            as whole_measure,
        {{ half_unit('value_text', "'元'") }} * 2 as last_digit
    from {{ ref('int_narrative_statements') }}
    where subject in ('sme_share', 'small_micro_share') and numeric_value is not null
),

amounts as (
    select
        disclosure_id,
        measure,
        max(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit
    from {{ ref('int_narrative_claims') }}
    where amount_yuan is not null
    group by disclosure_id, measure
    having min(amount_yuan) = max(amount_yuan)
),

percentages as (
    select
        shares.*,
        parts.amount_yuan,
        wholes.amount_yuan as whole_yuan,
        cast(
            cast({{ ratio('parts.amount_yuan', 'wholes.amount_yuan') }} as decimal(24, 6)) * 100
            as decimal(18, 2)
        ) as percentage,
        cast(
            cast(
                {{ ratio('parts.half_unit + wholes.half_unit', 'wholes.amount_yuan') }}
                as decimal(24, 6)
            ) * 100
            as decimal(18, 2)
        ) as rounding
    from shares
    inner join amounts as parts
        on
            shares.disclosure_id = parts.disclosure_id
            and shares.part_measure = parts.measure
    inner join amounts as wholes
        on
            shares.disclosure_id = wholes.disclosure_id
            and shares.whole_measure = wholes.measure
    where wholes.amount_yuan > 0
),

-- A contracted amount is not always the amount spent.
checks as (
    select
        disclosure_id,
        {{ said('statement', ['subject', 'statement_number']) }} as subject,
        case
            when abs(numeric_value - percentage) <= last_digit + rounding then false
            when note not like '%支出合同%' then true
        end as is_failed,
        amount_yuan as stated_yuan,
        {{ printed("value_text || '%'") }} as stated_text,
        {{ said('share_of', ['amount_yuan', 'whole_yuan', 'percentage']) }} as computed_text,
        {{ place_of('stated') }}
    from percentages
)

{{ judged_statements('checks', computed_text='computed_text') }}
