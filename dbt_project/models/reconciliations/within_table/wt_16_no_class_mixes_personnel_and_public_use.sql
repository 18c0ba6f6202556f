-- One row per disclosure and account of T8: classes 301 and 303 are personnel only, 302 and 310
-- public use only, and no account is both. 部门预算支出经济分类科目
with accounts as (
    -- By account: where one stands in two rows, it is one account all the same.
    select
        disclosure_id,
        table_name,
        row_key,
        min(account_name) as account_name,
        min(class_code) as class_code,
        max(case measure when 'total' then amount_yuan end) as total_yuan,
        coalesce(max(case measure when 'personnel' then amount_yuan end), 0) as personnel_yuan,
        coalesce(max(case measure when 'public_use' then amount_yuan end), 0) as public_use_yuan,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and account_code is not null
        and row_role in ('leaf', 'subtotal')
    group by disclosure_id, table_name, row_key
    having count(nullif(amount_yuan, 0)) > 0
),

checks as (
    select
        disclosure_id,
        {{ said('two_names', ['table_name', 'row_key']) }} as subject,
        (class_code in ('301', '303') and public_use_yuan <> 0)
        or (class_code in ('302', '310') and personnel_yuan <> 0)
        or (personnel_yuan <> 0 and public_use_yuan <> 0) as is_failed,
        total_yuan as stated_yuan,
        {{ printed('account_name') }} as stated_text,
        case
            when class_code in ('301', '303') then {{ said('personnel_only') }}
            when class_code in ('302', '310') then {{ said('public_use_only') }}
            else {{ said('personnel_or_public_use') }}
        end as computed_text,
        {{ place_of('stated') }}
    from accounts
)

{{ judged_statements('checks', computed_text='computed_text') }}
