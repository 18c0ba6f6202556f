-- One row per disclosure and table by account: all of its amounts stand under codes of the
-- classification. 政府收支分类科目
with codes as (
    select * from {{ ref('int_catalogue_codes') }}
),

classes as (
    select distinct
        classification,
        class_code
    from codes
),

account_rows as (
    select
        *,
        {{ classification_of_table() }} as classification
    from {{ ref('int_amounts_of_all_forms') }}
    where
        measure = 'total'
        and row_role = 'leaf'
        -- A unit has no code.
        and not has_other_rows
        and has_valid_code is not null
        and amount_yuan <> 0
),

tables as (
    select
        account_rows.disclosure_id,
        account_rows.table_name,
        sum(account_rows.amount_yuan) as amount_yuan,
        sum(case when codes.account_code is not null then account_rows.amount_yuan else 0 end)
            as joined_yuan,
        count(
            case
                when account_rows.account_code is null or classes.class_code is null then 1
            end
        ) as amounts_without_class,
        min(account_rows.row_number) as row_number,
        {{ first_source_ref('account_rows.source_ref') }} as source_ref
    from account_rows
    left join codes
        on
            account_rows.classification = codes.classification
            and account_rows.account_code = codes.account_code
    left join classes
        on
            account_rows.classification = classes.classification
            and account_rows.class_code = classes.class_code
    group by account_rows.disclosure_id, account_rows.table_name
),

checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        amount_yuan as stated_yuan,
        case when joined_yuan = amount_yuan or amounts_without_class > 0 then joined_yuan end
            as computed_yuan,
        0 as tolerance_yuan,
        {{ said('amounts_under_codes') }} as stated_text,
        {{ place_of('stated') }},
        {{ no_place('computed') }}
    from tables
)

{{ judged_amounts('checks') }}
