-- One row per disclosure: the occupational annuity (8% of the base) is about half of the basic
-- pension contributions (16%), but for what both are rounded by. 国办发〔2015〕18号
with contributions as (
    select
        disclosure_id,
        table_name,
        sum(case account_code when '30108' then amount_yuan end) as pension_yuan,
        sum(case account_code when '30109' then amount_yuan end) as annuity_yuan,
        coalesce(max(half_unit), 0) as half_unit,
        min(case account_code when '30109' then row_number end) as row_number,
        {{ first_source_ref("case account_code when '30109' then source_ref end") }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and measure = 'total'
        and amount_yuan is not null
    group by disclosure_id, table_name
),

checks as (
    select
        disclosure_id,
        {{ said('account_to_account', ["'30109'", "'30108'"]) }} as subject,
        annuity_yuan + half_unit < (pension_yuan - half_unit) * {{ of_rule('threshold') }}
        or annuity_yuan - half_unit
        > (pension_yuan + half_unit) * {{ of_rule('second_threshold') }} as is_failed,
        annuity_yuan as stated_yuan,
        {{ said('of_pension', ['pension_yuan']) }} as stated_text,
        {{ place_of('stated') }}
    from contributions
    where pension_yuan > 0 and annuity_yuan > 0
)

{{ judged_statements('checks') }}
