-- One row per disclosure, table and account, row without a place or passage that stands twice:
-- every account has its parents in the table, stands once, and has a code of the right shape.
-- 政府收支分类科目 (类款项 3/2/2, 经济分类 3/2)
with accounts as (
    -- By their keys: the code, or for what has none the row. A key in two rows is an account twice.
    select
        disclosure_id,
        table_name,
        row_key,
        min(account_code) as account_code,
        min(account_name) as account_name,
        min(class_code) as class_code,
        -- An economic item stands right below its class.
        case
            when min(level) = 'item' and table_name <> 'basic_expenditure_by_economic'
                then substr(row_key, 1, 5)
        end as section_code,
        min(row_number) <> max(row_number) as is_repeated,
        -- Below an item some print their own accounts, of seven digits.
        min(has_valid_code or level = 'sub_item') as has_valid_code,
        max(case measure when 'total' then amount_yuan end) as total_yuan,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_amounts_of_rules') }}
    where has_valid_code is not null and row_role in ('leaf', 'subtotal') and line is null
    group by disclosure_id, table_name, row_key
    having min(account_code) is not null or count(nullif(amount_yuan, 0)) > 0
),

-- Narrow, and apart from the accounts: of millions only their keys are looked up.
parents as (
    select distinct
        disclosure_id,
        table_name,
        row_key
    from {{ ref('int_amounts_of_rules') }}
    where
        has_valid_code is not null
        and row_role in ('leaf', 'subtotal')
        and level in ('class', 'section')
),

tables_with_classes as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('int_located_amounts') }}
    where level = 'class' and measure = 'total' and row_role in ('leaf', 'subtotal')
),

accounts_in_tree as (
    select
        accounts.*,
        not accounts.has_valid_code and not forms.is_of_own_levels as has_wrong_code,
        classes.row_key is null
        or (accounts.section_code is not null and sections.row_key is null) as lacks_parent,
        -- A table of items alone is a form as well, and a misprinted code may be the one missed.
        tables_with_classes.table_name is not null
        and not coalesce(forms.has_misprints, false) as has_all_parents_printed
    from accounts
    left join parents as classes
        on
            accounts.disclosure_id = classes.disclosure_id
            and accounts.table_name = classes.table_name
            and accounts.class_code = classes.row_key
    left join parents as sections
        on
            accounts.disclosure_id = sections.disclosure_id
            and accounts.table_name = sections.table_name
            and accounts.section_code = sections.row_key
    left join tables_with_classes
        on
            accounts.disclosure_id = tables_with_classes.disclosure_id
            and accounts.table_name = tables_with_classes.table_name
    left join {{ ref('int_code_forms') }} as forms
        on
            accounts.disclosure_id = forms.disclosure_id
            and accounts.table_name = forms.table_name
),

checks as (
    select
        disclosure_id,
        {{ said('two_names', ['table_name', 'row_key']) }} as subject,
        case
            when is_repeated or account_code is null or has_wrong_code then true
            when not lacks_parent then false
            when has_all_parents_printed then true
        end as is_failed,
        total_yuan as stated_yuan,
        {{ printed('account_name') }} as stated_text,
        case
            when account_code is null then {{ said('account_code_beside_amount') }}
            when is_repeated then {{ said('one_row_each_account') }}
            when has_wrong_code then {{ said('code_in_parts') }}
            else {{ said('row_each_account_above') }}
        end as computed_text,
        {{ place_of('stated') }}
    from accounts_in_tree
    union all
    -- Of a table without codes nothing can be said.
    select
        disclosure_id,
        case
            when row_key is null then {{ said('one_name', ['table_name']) }}
            else {{ said('two_names', ['table_name', 'row_key']) }}
        end as subject,
        case when not is_of_form_without_codes then true end as is_failed,
        amount_yuan as stated_yuan,
        {{ printed('printed_text') }} as stated_text,
        case
            when printed_code is null then {{ said('account_code_beside_amount') }}
            else {{ said('code_in_parts') }}
        end as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_unplaced_rows') }}
    union all
    select
        disclosure_id,
        case
            when row_count > 1
                then {{ said('rows_of_table', ['table_name', 'row_number', 'last_row_number']) }}
            when row_key like 'row %' then {{ said('two_names', ['table_name', 'row_key']) }}
            else {{ said('three_names', ['table_name', 'row_key', "'row ' || row_number"]) }}
        end as subject,
        true as is_failed,
        amount_yuan as stated_yuan,
        {{ printed('account_name') }} as stated_text,
        {{ said('every_row_once') }} as computed_text,
        {{ place_of('stated') }}
    from {{ ref('int_repeated_passages') }}
)

{{ judged_statements('checks', computed_text='computed_text') }}
