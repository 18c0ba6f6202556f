-- One row per disclosure: items for the rest (其他…) take at most their share of basic expenditure.
-- A plausibility.
with leaves as (
    select
        *,
        account_code like '%99' as is_residual
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and measure = 'total'
        and row_role = 'leaf'
        and amount_yuan is not null
),

-- The place is that of the items for the rest; where there is none, that of the table.
residuals as (
    select
        disclosure_id,
        table_name,
        sum(case when is_residual then amount_yuan else 0 end) as residual_yuan,
        sum(amount_yuan) as total_yuan,
        greatest(count(case when is_residual then 1 end), 1) as residual_count,
        coalesce(min(case when is_residual then row_number end), min(row_number)) as row_number,
        coalesce(
            {{ first_source_ref('case when is_residual then source_ref end') }},
            {{ first_source_ref() }}
        ) as source_ref
    from leaves
    group by disclosure_id, table_name
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        residual_yuan > total_yuan * {{ of_rule('threshold') }} as is_failed,
        residual_yuan as stated_yuan,
        {{ said('of_basic_expenditure', ['total_yuan']) }} as stated_text,
        residual_count,
        {{ place_of('stated') }}
    from residuals
    where total_yuan > 0
)

{{ judged_statements('checks', stated_row_count='residual_count') }}
