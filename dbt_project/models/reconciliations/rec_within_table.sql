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
        -- Below an item some print accounts of their own, of seven digits.
        min(has_valid_code or level = 'sub_item') as has_valid_code,
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

tables_with_classes as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where level = 'class' and measure = 'total' and row_role in ('leaf', 'subtotal')
),

-- Some forms print names alone, or of each code only the part of its own level: what all rows of a
-- table do is no misprint. Few tables have such a row at all.
tables_in_doubt as (
    select distinct
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    where row_role = 'unplaced' or (not has_valid_code and row_role in ('leaf', 'subtotal'))
),

forms as (
    select
        rows_in_doubt.disclosure_id,
        rows_in_doubt.table_name,
        count(case when rows_in_doubt.is_uncoded then 1 end)
        > count(case when rows_in_doubt.is_placed then 1 end) as is_without_codes,
        count(
            case when rows_in_doubt.is_placed and not rows_in_doubt.has_valid_code then 1 end
        ) * 2
        > count(case when rows_in_doubt.is_placed and rows_in_doubt.level <> 'class' then 1 end)
            as is_of_own_levels,
        max(rows_in_doubt.is_misprinted) as has_misprints
    from (
        select
            amounts.disclosure_id,
            amounts.table_name,
            amounts.row_number,
            min(amounts.level) as level,
            min(amounts.has_valid_code or amounts.level = 'sub_item') as has_valid_code,
            max(amounts.row_role in ('leaf', 'subtotal')) as is_placed,
            max(amounts.row_role = 'unplaced' and amounts.account_code is null) as is_uncoded,
            max(amounts.row_role = 'unplaced' and amounts.account_code is not null)
                as is_misprinted
        from {{ ref('fct_published_amounts') }} as amounts
        inner join tables_in_doubt
            on
                amounts.disclosure_id = tables_in_doubt.disclosure_id
                and amounts.table_name = tables_in_doubt.table_name
        group by amounts.disclosure_id, amounts.table_name, amounts.row_number
    ) as rows_in_doubt
    group by rows_in_doubt.disclosure_id, rows_in_doubt.table_name
),

accounts_in_tree as (
    select
        'WT-20' as rule_code,
        accounts.disclosure_id,
        accounts.table_name || ' ' || accounts.row_key as subject,
        case
            when accounts.is_repeated or accounts.account_code is null then true
            when not accounts.has_valid_code and not forms.is_of_own_levels then true
            when
                classes.row_key is null
                or (accounts.section_code is not null and sections.row_key is null)
                -- A table of items alone is a form as well, and a misprinted code may be the one
                -- missed.
                then
                    case
                        when
                            tables_with_classes.table_name is not null
                            and not coalesce(forms.has_misprints, false)
                            then true
                    end
            else false
        end as is_broken,
        accounts.total_yuan as stated_yuan,
        accounts.account_name as stated_text,
        case
            when accounts.account_code is null then 'an account code beside the amount'
            when accounts.is_repeated then 'one row for each account'
            when not accounts.has_valid_code and not forms.is_of_own_levels
                then 'a code in parts of 3, 2 and 2 digits'
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
    left join tables_with_classes
        on
            accounts.disclosure_id = tables_with_classes.disclosure_id
            and accounts.table_name = tables_with_classes.table_name
    left join forms
        on
            accounts.disclosure_id = forms.disclosure_id
            and accounts.table_name = forms.table_name
),

unplaced_rows as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        min(amounts.row_key) as row_key,
        min(amounts.account_code) as printed_code,
        min(amounts.account_name) as account_name,
        min(amounts.source_ref) as source_ref,
        max(case amounts.measure when 'total' then amounts.amount_yuan end) as total_yuan,
        max(amounts.account_code is null and forms.is_without_codes) as has_form_without_codes
    from {{ ref('fct_published_amounts') }} as amounts
    inner join forms
        on
            amounts.disclosure_id = forms.disclosure_id
            and amounts.table_name = forms.table_name
    where amounts.row_role = 'unplaced'
    group by amounts.disclosure_id, amounts.table_name, amounts.row_number
    having min(amounts.account_code) is not null or count(nullif(amounts.amount_yuan, 0)) > 0
),

-- Of a table without codes nothing can be said, once.
rows_without_place as (
    select
        'WT-20' as rule_code,
        disclosure_id,
        case when has_form_without_codes then table_name else table_name || ' ' || row_key end
            as subject,
        case when not max(has_form_without_codes) then true end as is_broken,
        max(total_yuan) as stated_yuan,
        min(concat_ws(' ', printed_code, account_name)) as stated_text,
        min(
            case
                when printed_code is null then 'an account code beside the amount'
                else 'a code in parts of 3, 2 and 2 digits'
            end
        ) as computed_text,
        table_name || ' ' || min(source_ref) as stated_source
    from unplaced_rows
    group by
        disclosure_id,
        table_name,
        case when has_form_without_codes then table_name else table_name || ' ' || row_key end
),

repeated_rows as (
    select
        disclosure_id,
        table_name,
        row_number,
        min(row_key) as row_key,
        min(account_name) as account_name,
        min(source_ref) as source_ref,
        max(amount_yuan) as amount_yuan,
        row_number - row_number() over (
            partition by disclosure_id, table_name
            order by row_number
        ) as block
    from {{ ref('fct_published_amounts') }}
    where row_role = 'repeat'
    group by disclosure_id, table_name, row_number
),

-- Rows that follow each other are one page or one part of it that stands twice.
rows_printed_twice as (
    select
        'WT-20' as rule_code,
        disclosure_id,
        case
            when count(*) > 1
                then concat_ws(
                    ' ',
                    table_name,
                    'rows',
                    cast(min(row_number) as string),
                    'to',
                    cast(max(row_number) as string)
                )
            when min(row_key) like 'row %' then table_name || ' ' || min(row_key)
            else concat_ws(' ', table_name, min(row_key), 'row', cast(min(row_number) as string))
        end as subject,
        true as is_broken,
        max(amount_yuan) as stated_yuan,
        min_by(account_name, row_number) as stated_text,
        'every row once' as computed_text,
        table_name || ' ' || min_by(source_ref, row_number) as stated_source
    from repeated_rows
    group by disclosure_id, table_name, block
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
    select * from rows_without_place
    union all
    select * from rows_printed_twice
    union all
    select * from amounts_in_range
    union all
    select * from nil_written_one_way
    union all
    select * from heads_of_tables
)

{{ legacy_statements('statements') }}
