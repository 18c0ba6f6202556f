-- One row per disclosure and statement of a figure in the prose.
select
    claims.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    claims.row_number as claim_number,
    claims.ordinal,
    claims.measure,
    claims.account_name,
    {{ in_yuan('claims.amount', 'claims.unit') }} as amount_yuan,
    claims.base_year,
    claims.base_stage,
    {{ in_yuan('claims.base_amount', 'claims.unit') }} as base_amount_yuan,
    case
        when
            claims.direction_text in (
                '增加', '增长', '上升', '提高', '增', '大于', '高于', '超过'
            )
            then 'increase'
        when claims.direction_text in ('减少', '下降', '降低', '减', '小于', '低于') then 'decrease'
        when
            claims.direction_text in (
                '持平', '一致', '相同', '相等', '不变', '无变化', '没有变化', '无增减', '无增减变化'
            )
            then 'unchanged'
    end as direction,
    {{ in_yuan('claims.change', 'claims.unit') }} as change_yuan,
    cast(claims.change_percent * 0.01 as decimal(18, 6)) as change_ratio,
    cast(claims.completion_percent * 0.01 as decimal(18, 6)) as completion_ratio,
    {{ half_unit('claims.amount_text', 'claims.unit') }} as half_unit,
    claims.amount_text,
    claims.base_amount_text,
    claims.direction_text,
    claims.change_text,
    claims.change_percent_text,
    claims.completion_percent_text,
    claims.unit,
    claims.source_ref,
    disclosures.is_counted
from {{ ref('stg_narrative_claims') }} as claims
inner join {{ ref('int_disclosures') }} as disclosures
    on claims.disclosure_id = disclosures.disclosure_id
