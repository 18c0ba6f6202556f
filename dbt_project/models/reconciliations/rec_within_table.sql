-- One row per rule of the family within_table, disclosure and subject checked.
with printed_tables as (
    select
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where table_name <> 'projects'
    group by all
),

-- By account: where one stands in two rows, it is one account all the same.
basic_accounts as (
    select
        disclosure_id,
        table_name,
        row_key,
        min(account_name) as account_name,
        min(class_code) as class_code,
        min(source_ref) as source_ref,
        max(case measure when 'total' then amount_yuan end) as total_yuan,
        coalesce(max(case measure when 'personnel' then amount_yuan end), 0) as personnel_yuan,
        coalesce(max(case measure when 'public_use' then amount_yuan end), 0) as public_use_yuan
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'basic_expenditure_by_economic'
        and account_code is not null
        and row_role in ('leaf', 'subtotal')
    group by disclosure_id, table_name, row_key
    having count(nullif(amount_yuan, 0)) > 0
),

components_of_classes as (
    select
        'WT-16' as rule_code,
        disclosure_id,
        table_name || ' ' || row_key as subject,
        (class_code in ('301', '303') and public_use_yuan <> 0)
        or (class_code in ('302', '310') and personnel_yuan <> 0)
        or (personnel_yuan <> 0 and public_use_yuan <> 0) as is_broken,
        total_yuan as stated_yuan,
        account_name as stated_text,
        case
            when class_code in ('301', '303') then 'personnel only'
            when class_code in ('302', '310') then 'public use only'
            else 'personnel or public use'
        end as computed_text,
        table_name || ' ' || source_ref as stated_source
    from basic_accounts
),

strays as (
    select
        *,
        {{ told_apart("table_name || ' ' || row_key", "'row ' || cast(row_number as string)") }}
            as subject
    from {{ ref('fct_published_amounts') }}
    where row_role = 'stray'
),

figures_without_heading as (
    select
        'WT-19' as rule_code,
        printed_tables.disclosure_id,
        coalesce(strays.subject, printed_tables.table_name) as subject,
        strays.subject is not null as is_broken,
        strays.amount_yuan as stated_yuan,
        strays.printed_text as stated_text,
        'no figure outside the headed columns' as computed_text,
        printed_tables.table_name || coalesce(' ' || strays.source_ref, '') as stated_source
    from printed_tables
    left join strays
        on
            printed_tables.disclosure_id = strays.disclosure_id
            and printed_tables.table_name = strays.table_name
),

-- By their keys: the code, or for what has none the row. A key in two rows is an account twice.
accounts as (
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
        min(has_valid_code) as has_valid_code,
        min(source_ref) as source_ref,
        max(case measure when 'total' then amount_yuan end) as total_yuan
    from {{ ref('fct_published_amounts') }}
    where has_valid_code is not null and row_role in ('leaf', 'subtotal')
    group by disclosure_id, table_name, row_key
    having min(account_code) is not null or count(nullif(amount_yuan, 0)) > 0
),

-- Narrow, and apart from the accounts: of millions only their keys are looked up.
classes_and_sections as (
    select distinct
        disclosure_id,
        table_name,
        row_key
    from {{ ref('fct_published_amounts') }}
    where
        has_valid_code is not null
        and row_role in ('leaf', 'subtotal')
        and level in ('class', 'section')
),

accounts_in_tree as (
    select
        'WT-20' as rule_code,
        accounts.disclosure_id,
        accounts.table_name || ' ' || accounts.row_key as subject,
        accounts.is_repeated
        or not accounts.has_valid_code
        or accounts.account_code is null
        or classes.row_key is null
        or (accounts.section_code is not null and sections.row_key is null) as is_broken,
        accounts.total_yuan as stated_yuan,
        accounts.account_name as stated_text,
        case
            when accounts.account_code is null then 'an account code beside the amount'
            when accounts.is_repeated then 'one row for each account'
            when not accounts.has_valid_code then 'a code in parts of 3, 2 and 2 digits'
            else 'a row for each account above it'
        end as computed_text,
        accounts.table_name || ' ' || accounts.source_ref as stated_source
    from accounts
    left join classes_and_sections as classes
        on
            accounts.disclosure_id = classes.disclosure_id
            and accounts.table_name = classes.table_name
            and accounts.class_code = classes.row_key
    left join classes_and_sections as sections
        on
            accounts.disclosure_id = sections.disclosure_id
            and accounts.table_name = sections.table_name
            and accounts.section_code = sections.row_key
),

amounts_out_of_range as (
    select *
    from {{ ref('fct_published_amounts') }}
    where amount_yuan < 0 or (printed_text like '%.%' and half_unit < 0.005)
),

amounts_in_range as (
    select
        'WT-21' as rule_code,
        printed_tables.disclosure_id,
        printed_tables.table_name
        || coalesce(' ' || out_of_range.row_key || ' ' || out_of_range.measure, '') as subject,
        max(out_of_range.row_key) is not null as is_broken,
        max(out_of_range.amount_yuan) as stated_yuan,
        max(out_of_range.printed_text) as stated_text,
        'an amount that is not negative and no finer than one fen' as computed_text,
        printed_tables.table_name
        || coalesce(' ' || min(out_of_range.source_ref), '') as stated_source
    from printed_tables
    left join amounts_out_of_range as out_of_range
        on
            printed_tables.disclosure_id = out_of_range.disclosure_id
            and printed_tables.table_name = out_of_range.table_name
    group by
        printed_tables.disclosure_id,
        printed_tables.table_name,
        out_of_range.row_key,
        out_of_range.measure
),

-- A nil can be printed as 0.00, as a blank beside a figure, or as a row without any figure. A line
-- of a summary without a figure is a blank like any other: the form prescribes its lines.
ways_of_nil as (
    select
        disclosure_id,
        table_name,
        row_number,
        max(case null_kind when 'zero' then 1 else 0 end) as has_zero,
        case
            when table_name in ('revenue_expenditure_summary', 'fiscal_appropriation_summary')
                then max(case when null_kind = 'blank' then 1 else 0 end)
            else
                max(case when null_kind = 'blank' then 1 else 0 end)
                * max(case when null_kind = 'blank' then 0 else 1 end)
        end as has_blank_beside_figure,
        case
            when table_name in ('revenue_expenditure_summary', 'fiscal_appropriation_summary')
                then 0
            else min(case when null_kind = 'blank' then 1 else 0 end)
        end as has_no_figure
    from {{ ref('fct_published_amounts') }}
    where table_name <> 'projects' and row_role in ('leaf', 'subtotal', 'total')
    group by disclosure_id, table_name, row_number
),

nil_written_one_way as (
    select
        'WT-22' as rule_code,
        disclosure_id,
        table_name as subject,
        max(has_zero) + max(has_blank_beside_figure) + max(has_no_figure) > 1 as is_broken,
        null as stated_yuan,
        concat_ws(
            ', ',
            case when max(has_zero) = 1 then '0.00' end,
            case when max(has_blank_beside_figure) = 1 then 'blank' end,
            case when max(has_no_figure) = 1 then 'a row without any figure' end
        ) as stated_text,
        'one way of writing nil' as computed_text,
        table_name as stated_source
    from ways_of_nil
    group by all
),

printed_heads as (
    select
        tables.disclosure_id,
        tables.table_name,
        tables.title,
        tables.unit,
        tables.compiling_entity,
        tables.source_ref,
        organizations.region_code like '31%' as has_known_form,
        coalesce(
            {{ matches('tables.title', '.*((19|20)[0-9]{2}|[一二〇○零三四五六七八九]{4}年).*') }},
            false
        ) as has_year
    from {{ ref('fct_published_tables') }} as tables
    inner join {{ ref('dim_organizations') }} as organizations
        on tables.organization_id = organizations.organization_id
),

-- Shanghai's form puts all three above each table. Elsewhere a document may leave the year to its
-- cover, and then does so throughout.
heads_of_documents as (
    select
        disclosure_id,
        max(has_known_form or has_year) as shows_year,
        max(has_known_form or compiling_entity is not null) as shows_entity
    from printed_heads
    group by all
),

heads_of_tables as (
    select
        'WT-24' as rule_code,
        printed_heads.disclosure_id,
        printed_heads.table_name as subject,
        printed_heads.unit is null
        or (heads_of_documents.shows_year and not printed_heads.has_year)
        or (heads_of_documents.shows_entity and printed_heads.compiling_entity is null)
            as is_broken,
        null as stated_yuan,
        printed_heads.title as stated_text,
        concat_ws(
            ', ',
            case when not printed_heads.has_year then 'a fiscal year in the title' end,
            case when printed_heads.unit is null then 'a unit' end,
            case when printed_heads.compiling_entity is null then 'a compiling entity' end
        ) as computed_text,
        printed_heads.table_name || ' ' || printed_heads.source_ref as stated_source
    from printed_heads
    inner join heads_of_documents
        on printed_heads.disclosure_id = heads_of_documents.disclosure_id
),

statements as (
    select * from components_of_classes
    union all
    select * from figures_without_heading
    union all
    select * from accounts_in_tree
    union all
    select * from amounts_in_range
    union all
    select * from nil_written_one_way
    union all
    select * from heads_of_tables
)

{{ judged_statements('statements') }}
