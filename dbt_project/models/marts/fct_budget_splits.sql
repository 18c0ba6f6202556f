-- One row per disclosure and node of the functional tree, the total included.
with splits as (
    select
        disclosure_id,
        function_code,
        level,
        -- Null where a table prints no natures.
        case
            when count(case nature when 'undivided' then 1 end) = 0
                then
                    try_cast(
                        sum(case nature when 'basic' then amount_yuan else 0 end) as decimal(18, 2)
                    )
        end as basic_yuan,
        case
            when count(case nature when 'undivided' then 1 end) = 0
                then
                    try_cast(
                        sum(case nature when 'project' then amount_yuan else 0 end)
                        as decimal(18, 2)
                    )
        end as project_yuan,
        try_cast(sum(amount_yuan) as decimal(18, 2)) as total_yuan
    from {{ ref('int_expenditure_nodes') }}
    group by all
)

select
    splits.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    splits.function_code,
    splits.level,
    splits.basic_yuan,
    splits.project_yuan,
    splits.total_yuan,
    {{ ratio('splits.basic_yuan', 'splits.total_yuan') }} as basic_ratio,
    disclosures.is_counted,
    untied_totals.is_spending_untied as has_untied_total
from splits
inner join {{ ref('int_disclosures') }} as disclosures
    on splits.disclosure_id = disclosures.disclosure_id
left join {{ ref('int_untied_totals') }} as untied_totals
    on splits.disclosure_id = untied_totals.disclosure_id
