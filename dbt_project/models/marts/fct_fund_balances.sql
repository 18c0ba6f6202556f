-- One row per disclosure, fund and account: what was carried in, received, spent and carried out.
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    case amounts.table_name
        when 'government_funds_by_function' then 'government_funds' else 'state_capital'
    end as fund,
    amounts.account_code as function_code,
    {%- for column, measure in {
        'carried_in': 'carried_in_total',
        'revenue': 'revenue',
        'expenditure': 'total',
        'carried_out': 'carried_out_total',
    }.items() %}
        try_cast(
            sum(case amounts.measure when '{{ measure }}' then amounts.amount_yuan end)
            as decimal(18, 2)
        ) as {{ column }}_yuan,
    {%- endfor %}
    min(amounts.source_ref) as source_ref,
    disclosures.is_counted
from {{ ref('fct_published_amounts') }} as amounts
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
where
    amounts.table_name in ('government_funds_by_function', 'state_capital_by_function')
    and amounts.row_role = 'leaf'
    and amounts.account_code is not null
    and disclosures.stage = 'final_accounts'
group by all
having
    count(
        case
            when
                amounts.measure in ('carried_in_total', 'revenue', 'total', 'carried_out_total')
                and amounts.amount_yuan <> 0
                then 1
        end
    ) > 0
