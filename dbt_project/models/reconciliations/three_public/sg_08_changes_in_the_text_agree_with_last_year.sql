-- One row per disclosure and change that the prose states of an expense of T9: the change from what
-- last year's disclosure prints. 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with disclosures as (
    select *
    from {{ ref('dim_disclosures') }}
    where is_current
),

checks as (
    select
        claims.disclosure_id,
        claims.subject,
        case claims.direction
            when 'increase' then claims.change_yuan
            when 'decrease' then -claims.change_yuan
            when 'unchanged' then 0
        end as stated_yuan,
        claims.amount_yuan - {{ wide_yuan('last_year_expenses.amount_yuan') }} as computed_yuan,
        case
            when claims.direction = 'unchanged' and claims.unit = last_year_expenses.unit then 0
            else claims.half_unit + claims.half_unit + last_year_expenses.half_unit
        end as tolerance_yuan,
        {{ printed("concat_ws('', claims.direction_text, claims.change_text)") }}
            as stated_text,
        {{ place_of('stated', 'claims') }},
        {{ place_of('computed', 'last_year_expenses') }},
        last_year_expenses.disclosure_id as computed_disclosure_id
    from {{ ref('int_three_public_claims') }} as claims
    inner join disclosures
        on claims.disclosure_id = disclosures.disclosure_id
    left join disclosures as last_year
        on
            disclosures.organization_id = last_year.organization_id
            and disclosures.scope = last_year.scope
            and disclosures.stage = last_year.stage
            and disclosures.fiscal_year = last_year.fiscal_year + 1
    left join {{ ref('int_three_public_expenses') }} as last_year_expenses
        on
            last_year.disclosure_id = last_year_expenses.disclosure_id
            and claims.measure = last_year_expenses.measure
    where
        claims.measure in (
            {%- for measure in measures_of_three_public() %}
                '{{ measure }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
        and claims.base_year = claims.fiscal_year - 1
        and coalesce(claims.base_stage, claims.stage) = claims.stage
        and claims.direction is not null
)

{{ judged_amounts('checks', computed_disclosure_id='computed_disclosure_id') }}
