-- One row per disclosure, function, department's and government's economic account, nature,
-- component and unit.
{%- set tables = [
    'expenditure_by_economic',
    'expenditure_by_function',
    'fiscal_appropriation_by_function',
    'general_public_budget_by_function',
    'basic_expenditure_by_economic',
] %}
with amounts as (
    select
        economic_rows.disclosure_id,
        economic_rows.table_name,
        case economic_rows.table_name
            {%- for table_name in tables %}
                when '{{ table_name }}' then {{ loop.index }}
            {%- endfor %}
        end as table_rank,
        economic_rows.unit_name,
        economic_rows.function_code,
        economic_rows.economic_code,
        economic_rows.government_code,
        case economic_rows.table_name
            when 'basic_expenditure_by_economic' then 'basic' else measures.counted_nature
        end as nature,
        nullif(measures.counted_component, 'undivided') as component,
        amounts.amount_yuan,
        amounts.source_ref
    from {{ ref('int_economic_rows') }} as economic_rows
    inner join {{ ref('fct_published_amounts') }} as amounts
        on
            economic_rows.disclosure_id = amounts.disclosure_id
            and economic_rows.table_name = amounts.table_name
            and economic_rows.row_number = amounts.row_number
    inner join {{ ref('int_printed_measures') }} as measures
        on
            amounts.disclosure_id = measures.disclosure_id
            and amounts.table_name = measures.table_name
            and amounts.measure = measures.measure
            and case amounts.table_name
                when 'basic_expenditure_by_economic' then measures.counted_component
                else measures.counted_nature
            end is not null
    where amounts.amount_yuan <> 0
),

-- Of several tables the one that holds most.
ranked_amounts as (
    select
        *,
        min(table_rank) over (partition by disclosure_id) as best_rank
    from amounts
    where table_rank is not null
)

select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.table_name,
    amounts.function_code,
    amounts.economic_code,
    amounts.government_code,
    amounts.nature,
    amounts.component,
    amounts.unit_name,
    try_cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    min(amounts.source_ref) as source_ref,
    disclosures.is_counted
from ranked_amounts as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
where amounts.table_rank = amounts.best_rank
group by all
