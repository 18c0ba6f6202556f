-- One row per disclosure and path of class, section and item in the prose (…（类）…（款）…（项）):
-- the tables print an item of that name in that section, under a name that it has or had. A path
-- below a class of which the tables print no items is not judged. The document against itself.
-- More than 150 lines: an account is known by many names.
{%- set short = '(支出)?$' %}
{%- set path_pattern = '^[^(]*?([^()，、：]+)[(]类[)](支出)?[-—]?(.+)[(]款[)](支出)?[-—]?(.+)[(]项[)].*$' %}
with claims as (
    select
        *,
        {{ replaced(comparable_name('account_name'), '[0-9“”"]', '') }} as path
    from {{ ref('int_narrative_claims') }}
    where measure = 'function_item'
),

paths as (
    select
        disclosure_id,
        {{ captured('path', path_pattern, 1) }} as class_name,
        {{ captured('path', path_pattern, 3) }} as section_name,
        {{ captured('path', path_pattern, 5) }} as item_name,
        max(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        min_by(account_name, row_number) as printed_name,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from claims
    -- The tables print no row of an account that got nothing.
    where {{ matches('path', path_pattern) }} and amount_yuan > 0
    group by
        disclosure_id,
        {{ captured('path', path_pattern, 1) }},
        {{ captured('path', path_pattern, 3) }},
        {{ captured('path', path_pattern, 5) }}
),

accounts as (
    select * from {{ ref('int_appropriated_accounts') }}
),

codes as (
    select
        disclosure_id,
        account_code
    from accounts
    union
    select
        disclosure_id,
        substr(account_code, 1, 5) as account_code
    from accounts
    where length(account_code) = 7
    union
    select
        disclosure_id,
        substr(account_code, 1, 3) as account_code
    from accounts
    where length(account_code) = 7
),

names_of_codes as (
    select distinct
        function_code as account_code,
        {{ comparable_name('function_name') }} as account_name
    from {{ ref('dim_functions') }}
    union
    select
        account_code,
        {{ comparable_name('alias') }} as account_name
    from {{ ref('dim_account_aliases') }}
    where classification = 'function'
    union
    select
        to_code as account_code,
        {{ comparable_name('from_name') }} as account_name
    from {{ ref('classification_changes') }}
    where classification = 'function'
),

-- Every name under which a code that the tables print, or that stands above one, may be called.
names as (
    select
        codes.disclosure_id,
        codes.account_code,
        {{ replaced('names_of_codes.account_name', short, '') }} as short_name
    from codes
    inner join names_of_codes
        on codes.account_code = names_of_codes.account_code
    union
    select
        disclosure_id,
        account_code,
        {{ replaced('account_name', short, '') }} as short_name
    from accounts
),

short_paths as (
    select
        *,
        {{ replaced('class_name', short, '') }} as short_class,
        {{ replaced('section_name', short, '') }} as short_section,
        {{ replaced('item_name', short, '') }} as short_item
    from paths
),

-- The class must be one of the tables', with items below it.
classes as (
    select distinct
        paths.disclosure_id,
        paths.row_number,
        names.account_code
    from short_paths as paths
    inner join names
        on
            paths.disclosure_id = names.disclosure_id
            and paths.short_class = names.short_name
            and length(names.account_code) = 3
    inner join accounts
        on
            names.disclosure_id = accounts.disclosure_id
            and names.account_code = substr(accounts.account_code, 1, 3)
            and length(accounts.account_code) = 7
),

found_paths as (
    select distinct
        paths.disclosure_id,
        paths.row_number
    from short_paths as paths
    inner join names as items
        on
            paths.disclosure_id = items.disclosure_id
            and paths.short_item = items.short_name
            and length(items.account_code) = 7
    inner join names as sections
        on
            items.disclosure_id = sections.disclosure_id
            and substr(items.account_code, 1, 5) = sections.account_code
            and paths.short_section = sections.short_name
),

-- The one account of the class with the same amount in the tables: it may be meant.
meant_accounts as (
    select
        paths.disclosure_id,
        paths.row_number,
        min(accounts.account_name) as account_name
    from paths
    inner join classes
        on
            paths.disclosure_id = classes.disclosure_id
            and paths.row_number = classes.row_number
    inner join accounts
        on
            classes.disclosure_id = accounts.disclosure_id
            and classes.account_code = substr(accounts.account_code, 1, 3)
            and length(accounts.account_code) = 7
            and abs(paths.amount_yuan - accounts.printed_yuan)
            <= 2 * (paths.half_unit + accounts.printed_half_unit)
    group by paths.disclosure_id, paths.row_number
    having count(distinct accounts.account_code) = 1
),

-- Of a fund whose table is half read an account may stand in a row that nobody read.
half_read_documents as (
    select distinct disclosure_id
    from {{ ref('int_unfit_tables') }}
    where is_half_read and table_name in {{ tables_by_fund() }}
),

known_classes as (
    select distinct
        disclosure_id,
        row_number
    from classes
),

checks as (
    select
        paths.disclosure_id,
        {{ said('two_names', ["'function'", 'paths.printed_name']) }} as subject,
        case
            when found_paths.row_number is not null then false
            when half_read_documents.disclosure_id is null then true
        end as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('paths.printed_name') }} as stated_text,
        case
            when found_paths.row_number is null and meant_accounts.account_name is not null
                then {{ printed('meant_accounts.account_name') }}
            else {{ rule_code() }} || '|'
        end as computed_text,
        {{ place_of('stated', 'paths') }}
    from paths
    inner join known_classes
        on
            paths.disclosure_id = known_classes.disclosure_id
            and paths.row_number = known_classes.row_number
    left join found_paths
        on
            paths.disclosure_id = found_paths.disclosure_id
            and paths.row_number = found_paths.row_number
    left join meant_accounts
        on
            paths.disclosure_id = meant_accounts.disclosure_id
            and paths.row_number = meant_accounts.row_number
    left join half_read_documents
        on paths.disclosure_id = half_read_documents.disclosure_id
)

{{ judged_statements('checks', computed_text='computed_text') }}
