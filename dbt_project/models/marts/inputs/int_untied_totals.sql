-- One row per disclosure with printed amounts: whether what facts count ties with what is printed.
with measures as (
    select
        *,
        -- A table without columns of parts counts its total.
        measure <> 'total'
        or max(case when measure <> 'total' then 1 else 0 end)
            over (partition by disclosure_id, table_name)
        = 0 as is_part,
        case table_name
            when 'expenditure_by_function' then 'spending'
            when 'general_public_budget_by_function' then 'spending_of_funds'
            when 'government_funds_by_function' then 'spending_of_funds'
            when 'state_capital_by_function' then 'spending_of_funds'
            when 'revenue_by_function' then 'revenue'
            when 'basic_expenditure_by_economic' then 'basic_expenditure'
        end as subject
    from {{ ref('fct_table_totals') }}
),

-- A table ties where its total does; its parts alone where it prints no column of totals.
subjects as (
    select
        disclosure_id,
        subject,
        max(case when is_part then leaf_count else 0 end) > 0 as has_leaves,
        sum(case when is_part then leaf_yuan end) as counted_yuan,
        coalesce(
            sum(case when measure = 'total' then total_yuan end),
            sum(case when measure <> 'total' then total_yuan end)
        ) as printed_yuan,
        sum(case when measure = 'total' then tolerance_yuan end) as tolerance_yuan,
        max(case when is_untied then 1 else 0 end) = 1 as is_untied,
        max(case when measure = 'total' and is_untied is null and leaf_count > 0 then 1 else 0 end)
        = 0
        and max(case when not is_untied then 1 else 0 end) = 1 as is_tied
    from measures
    group by disclosure_id, subject
),

flags as (
    select
        {%- for subject in ['spending', 'spending_of_funds', 'revenue', 'basic_expenditure'] %}
            coalesce(max(case subject when '{{ subject }}' then has_leaves end), false)
                as has_{{ subject }},
            coalesce(max(case subject when '{{ subject }}' then is_untied end), false)
                as is_{{ subject }}_untied,
            coalesce(max(case subject when '{{ subject }}' then is_tied end), false)
                as is_{{ subject }}_tied,
            max(case subject when '{{ subject }}' then counted_yuan end)
                as counted_{{ subject }}_yuan,
            max(case subject when '{{ subject }}' then printed_yuan end)
                as printed_{{ subject }}_yuan,
            max(case subject when '{{ subject }}' then tolerance_yuan end)
                as tolerance_of_{{ subject }}_yuan,
        {%- endfor %}
        disclosure_id
    from subjects
    group by disclosure_id
),

-- A summary tells of spending that no other table was read for.
summaries as (
    select
        disclosure_id,
        max(abs(amount_yuan)) > 0 as has_spending,
        max(case when level = 'total' then amount_yuan end) as printed_yuan
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'revenue_expenditure_summary'
        and side = 'expenditure'
        and measure = 'amount'
        and row_role <> 'repeat'
    group by disclosure_id
),

-- Where a document prints T3, all of its spending is there; else in the tables of its funds.
disclosures as (
    select
        coalesce(flags.disclosure_id, summaries.disclosure_id) as disclosure_id,
        coalesce(flags.has_spending or flags.has_spending_of_funds, false) as has_spending,
        try_cast(
            case
                when flags.has_spending then flags.counted_spending_yuan
                when flags.has_spending_of_funds then flags.counted_spending_of_funds_yuan
                else 0
            end as decimal(18, 2)
        ) as counted_spending_yuan,
        try_cast(
            coalesce(
                flags.printed_spending_yuan,
                case
                    when flags.has_spending_of_funds then flags.printed_spending_of_funds_yuan
                end,
                summaries.printed_yuan,
                flags.printed_spending_of_funds_yuan
            ) as decimal(18, 2)
        ) as printed_spending_yuan,
        case
            when flags.is_spending_untied or flags.is_spending_of_funds_untied then true
            when
                not coalesce(flags.has_spending or flags.has_spending_of_funds, false)
                and summaries.has_spending
                then true
            when flags.has_spending then case when flags.is_spending_tied then false end
            -- A T3 without accounts tells what the tables of the funds have to come to.
            when
                flags.has_spending_of_funds
                and abs(flags.printed_spending_yuan - flags.counted_spending_of_funds_yuan)
                > coalesce(flags.tolerance_of_spending_of_funds_yuan, 0)
                + coalesce(flags.tolerance_of_spending_yuan, 0)
                then true
            when
                flags.has_spending_of_funds
                then case when flags.is_spending_of_funds_tied then false end
        end as is_spending_untied,
        case
            when flags.is_revenue_untied then true
            when flags.is_revenue_tied then false
        end as is_revenue_untied,
        case
            when flags.is_basic_expenditure_untied then true
            when flags.is_basic_expenditure_tied then false
        end as is_basic_untied
    from flags
    full join summaries
        on flags.disclosure_id = summaries.disclosure_id
)

select
    disclosure_id,
    has_spending,
    is_spending_untied,
    is_revenue_untied,
    is_basic_untied,
    counted_spending_yuan,
    printed_spending_yuan,
    -- Only what was read whole is compared with another year or stage.
    has_spending and not coalesce(is_spending_untied, false) as is_comparable
from disclosures
