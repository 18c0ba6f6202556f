-- One row per printed row of the tables by account (T2, T3, T5 to T8), placed in its tree.
{%- set by_function = [
    'revenue_by_function',
    'expenditure_by_function',
    'general_public_budget_by_function',
    'government_funds_by_function',
    'state_capital_by_function',
] %}
with printed_rows as (
    {%- for table_name in by_function %}
        select
            disclosure_id,
            '{{ table_name }}' as table_name,
            row_number,
            class_code,
            section_code,
            item_code,
            {{ account_code(['class_code', 'section_code', 'item_code']) }} as account_code,
            account_name,
            source_ref
        from {{ ref('stg_' ~ table_name) }}
        union all
    {%- endfor %}
    select
        disclosure_id,
        'basic_expenditure_by_economic' as table_name,
        row_number,
        class_code,
        cast(null as string) as section_code,
        item_code,
        {{ account_code(['class_code', 'item_code']) }} as account_code,
        account_name,
        source_ref
    from {{ ref('stg_basic_expenditure_by_economic') }}
),

-- By the first digits of codes: whether they are printed as a code themselves, or extended by one.
classes as (
    select
        disclosure_id,
        table_name,
        substr(account_code, 1, 3) as account_code,
        max(length(account_code) = 3) as is_printed,
        max(length(account_code) > 3) as is_extended
    from printed_rows
    where length(account_code) >= 3
    group by disclosure_id, table_name, substr(account_code, 1, 3)
),

sections as (
    select
        disclosure_id,
        table_name,
        substr(account_code, 1, 5) as account_code,
        max(length(account_code) = 5) as is_printed,
        max(length(account_code) > 5) as is_extended
    from printed_rows
    where length(account_code) >= 5
    group by disclosure_id, table_name, substr(account_code, 1, 5)
),

rows_in_tree as (
    select
        printed_rows.*,
        case
            when printed_rows.account_code is not null
                then case
                    when length(printed_rows.account_code) = 3 and classes.is_extended
                        then 'subtotal'
                    when length(printed_rows.account_code) = 5 and sections.is_extended
                        then 'subtotal'
                    else 'leaf'
                end
            when {{ comparable_name('printed_rows.account_name') }} in ('合计', '总计', '支出合计', '收入合计')
                then 'total'
            else 'leaf'
        end as row_role,
        case
            when length(printed_rows.account_code) = 7 and sections.is_printed
                then sections.account_code
        end as printed_section_code,
        case
            when length(printed_rows.account_code) > 3 and classes.is_printed
                then classes.account_code
        end as printed_class_code
    from printed_rows
    left join classes
        on
            printed_rows.disclosure_id = classes.disclosure_id
            and printed_rows.table_name = classes.table_name
            and substr(printed_rows.account_code, 1, 3) = classes.account_code
    left join sections
        on
            printed_rows.disclosure_id = sections.disclosure_id
            and printed_rows.table_name = sections.table_name
            and substr(printed_rows.account_code, 1, 5) = sections.account_code
)

select
    disclosure_id,
    table_name,
    row_number,
    account_code,
    account_name,
    source_ref,
    row_role,
    case
        when row_role = 'total' then 'total'
        when length(account_code) = 3 then 'class'
        when table_name = 'basic_expenditure_by_economic' then 'item'
        when length(account_code) = 5 then 'section'
        when length(account_code) = 7 then 'item'
    end as level,
    substr(account_code, 1, 3) as class_code,
    case
        when row_role = 'total' then 'total row'
        else coalesce(account_code, 'row ' || cast(row_number as string))
    end as row_key,
    -- The nearest account above that the table prints: some documents leave a level out.
    case
        when
            row_role <> 'total'
            then coalesce(printed_section_code, printed_class_code, 'total row')
    end as parent_row_key,
    -- Whether the parts of the code make a code: 3, then 2 for each level, none left out.
    coalesce(
        length(class_code) = 3
        and length(account_code) = 3
        + case when section_code is null then 0 else 2 end
        + case when item_code is null then 0 else 2 end
        and substr(account_code, 1, 3) = class_code
        and coalesce(length(section_code), 2) > 1
        and coalesce(length(item_code), 2) > 1
        and not (
            table_name <> 'basic_expenditure_by_economic'
            and item_code is not null
            and section_code is null
        ),
        class_code is null and section_code is null and item_code is null
    ) as has_valid_code
from rows_in_tree
