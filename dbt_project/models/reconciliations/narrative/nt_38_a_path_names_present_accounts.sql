-- One row per disclosure and account that the way down a tree in the prose names, or class that it
-- names alone: it is called as in the fiscal year, not by a former name. 政府收支分类科目
{%- set levels = {
    3: '^[^（()）]*?([^（()）“]+)(?:[（(]类[)）].*)?$',
    5: '^.*?([^（()）类]+(?:[（(][^类款项（()）][^（()）]*[)）][^（()）]*)?)[（(]款[)）].*$',
    7: '^.*?([^（()）款]+(?:[（(][^类款项（()）][^（()）]*[)）][^（()）]*)?)[（(]项[)）].*$',
} %}
with paths as (
    select *
    from {{ ref('int_narrative_claims') }}
    where measure = 'function_item'
),

named_accounts as (
    {%- for digits, pattern in levels.items() %}
        select
            disclosure_id,
            fiscal_year,
            {{ digits }} as digits,
            {{ captured('account_name', pattern, 1) }} as printed_name,
            min(table_name) as table_name,
            min(row_number) as row_number,
            {{ first_source_ref() }} as source_ref
        from paths
        where {{ matches('account_name', pattern) }}
        group by disclosure_id, fiscal_year, {{ captured('account_name', pattern, 1) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

present_names as (
    select distinct
        fiscal_year,
        length(function_code) as digits,
        {{ comparable_name('function_name') }} as comparable_account
    from {{ ref('dim_functions') }}
),

former_names as (
    select
        length(from_code) as digits,
        {{ comparable_name('from_name') }} as comparable_account,
        min(to_name) as present_name,
        min(effective_fiscal_year) as effective_fiscal_year
    from {{ ref('classification_changes') }}
    where classification = 'function' and kind = 'rename' and confidence <> 'low'
    group by length(from_code), {{ comparable_name('from_name') }}
),

checks as (
    select
        named_accounts.disclosure_id,
        {{ said('two_names', ["'function'", 'named_accounts.printed_name']) }} as subject,
        max(present_names.comparable_account) is null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('named_accounts.printed_name') }} as stated_text,
        {{ printed(
            'coalesce(max(present_names.comparable_account), max(former_names.present_name))'
        ) }} as computed_text,
        min(named_accounts.table_name) as stated_table_name,
        min(named_accounts.row_number) as stated_row_number,
        {{ first_source_ref('named_accounts.source_ref') }} as stated_source_ref
    from named_accounts
    left join present_names
        on
            named_accounts.fiscal_year = present_names.fiscal_year
            and named_accounts.digits = present_names.digits
            and {{ comparable_name('named_accounts.printed_name') }}
            = present_names.comparable_account
    left join former_names
        on
            named_accounts.digits = former_names.digits
            and {{ comparable_name('named_accounts.printed_name') }}
            = former_names.comparable_account
            and named_accounts.fiscal_year >= former_names.effective_fiscal_year
    where
        present_names.comparable_account is not null
        or former_names.comparable_account is not null
    group by named_accounts.disclosure_id, named_accounts.printed_name
)

{{ judged_statements('checks', computed_text='computed_text') }}
