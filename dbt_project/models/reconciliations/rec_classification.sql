-- One row per rule of the family classification, disclosure and subject checked.
{#- No common table expressions: DuckDB keeps aside what several read, and these are millions. #}
{%- set account_rows %}
(
    select
        *,
        case table_name when 'basic_expenditure_by_economic' then 'economic' else 'function' end
            as classification,
        concat_ws(' ', table_name, source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where measure = 'total' and row_role in ('leaf', 'subtotal', 'total') and has_valid_code is not null
)
{%- endset %}
with accounts as (
    select
        disclosure_id,
        classification,
        account_code,
        min(class_code) as class_code,
        min_by(account_name, place) as account_name,
        {{ comparable_name('min_by(account_name, place)') }} as comparable_account,
        min({{ comparable_name('account_name') }}) <> max({{ comparable_name('account_name') }})
            as has_two_names,
        min(account_name) as first_spelling,
        max(account_name) as last_spelling,
        max(amount_yuan) as amount_yuan,
        min(place) as place
    from {{ account_rows }} as account_rows
    where account_code is not null
    group by all
),

catalogue as (
    select
        'function' as classification,
        function_code as account_code,
        function_name as account_name,
        evidence,
        other_names,
        name_in_2010_list
    from {{ ref('functions') }}
    union all
    select
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name,
        evidence,
        other_names,
        cast(null as string) as name_in_2010_list
    from {{ ref('economic_items') }}
),

renamed_codes as (
    select
        classification,
        from_code as account_code,
        {{ joined('from_name') }} as former_names
    from {{ ref('classification_changes') }}
    where kind = 'rename'
    group by all
),

known_codes as (
    select
        catalogue.classification,
        catalogue.account_code,
        catalogue.account_name,
        catalogue.evidence = 'several_documents' as is_certain,
        {{ comparable_name('catalogue.account_name') }} as comparable_account,
        '|'
        || {{ comparable_name(
            "concat_ws('|', catalogue.other_names, catalogue.name_in_2010_list,"
            " renamed_codes.former_names)"
        ) }}
        || '|' as other_names
    from catalogue
    left join renamed_codes
        on
            catalogue.classification = renamed_codes.classification
            and catalogue.account_code = renamed_codes.account_code
),

known_classes as (
    select
        classification,
        substr(account_code, 1, 3) as class_code
    from known_codes
    group by all
),

-- Where a class has the name already, under another code of the same length.
known_names as (
    select
        classification,
        substr(account_code, 1, 3) as class_code,
        length(account_code) as code_length,
        comparable_account,
        min(account_code) as account_code
    from known_codes
    where is_certain
    group by all
),

-- The catalogue is what 288 documents show, not the ministry's book: a code that none of them has
-- is wrong where its class does not exist, or where its name belongs to another code of the class.
-- Otherwise it may be a rare one.
codes_in_catalogue as (
    select
        'CC-01' as rule_code,
        accounts.disclosure_id,
        accounts.classification || ' ' || accounts.account_code as subject,
        case
            when known_codes.account_code is not null then false
            when known_classes.class_code is null or known_names.account_code is not null then true
        end as is_broken,
        accounts.amount_yuan as stated_yuan,
        concat_ws(' ', accounts.account_code, accounts.account_name) as stated_text,
        case
            when known_classes.class_code is null then 'a class of the classification'
            when known_codes.account_code is null
                then concat_ws(' ', known_names.account_code, accounts.account_name)
        end as computed_text,
        accounts.place as stated_source
    from accounts
    left join known_codes
        on
            accounts.classification = known_codes.classification
            and accounts.account_code = known_codes.account_code
    left join known_classes
        on
            accounts.classification = known_classes.classification
            and accounts.class_code = known_classes.class_code
    left join known_names
        on
            accounts.classification = known_names.classification
            and accounts.class_code = known_names.class_code
            and length(accounts.account_code) = known_names.code_length
            and accounts.comparable_account = known_names.comparable_account
),

-- The name that a code has in the year of the document, the present one or a former one.
names_of_years as (
    select
        fiscal_year,
        'function' as classification,
        function_code as account_code,
        function_name as account_name
    from {{ ref('dim_functions') }}
    union all
    select
        fiscal_year,
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name
    from {{ ref('dim_economic_items') }}
),

-- A name that only adds or drops 支出 or 费 is a form of it, as are those that several documents use.
named_accounts as (
    select
        accounts.disclosure_id,
        accounts.classification || ' ' || accounts.account_code as subject,
        accounts.comparable_account
        = {{ comparable_name('names_of_years.account_name') }} as has_official_name,
        accounts.comparable_account = known_codes.comparable_account
        or known_codes.other_names like '%|' || accounts.comparable_account || '|%'
        or {{ replaced('accounts.comparable_account', '(支出|费用|费)$', '') }}
        = {{ replaced('known_codes.comparable_account', '(支出|费用|费)$', '') }} as has_other_name,
        accounts.amount_yuan as stated_yuan,
        accounts.account_name as stated_text,
        names_of_years.account_name as computed_text,
        accounts.place as stated_source
    from accounts
    inner join known_codes
        on
            accounts.classification = known_codes.classification
            and accounts.account_code = known_codes.account_code
    inner join {{ ref('dim_disclosures') }} as disclosures
        on accounts.disclosure_id = disclosures.disclosure_id
    inner join names_of_years
        on
            disclosures.fiscal_year = names_of_years.fiscal_year
            and accounts.classification = names_of_years.classification
            and accounts.account_code = names_of_years.account_code
    where known_codes.is_certain and accounts.account_name is not null
),

names_in_catalogue as (
    select
        'CC-02' as rule_code,
        disclosure_id,
        subject,
        not has_official_name and not has_other_name as is_broken,
        stated_yuan,
        stated_text,
        computed_text,
        stated_source
    from named_accounts
),

former_names as (
    select
        'CC-03' as rule_code,
        disclosure_id,
        subject,
        not has_official_name as is_broken,
        stated_yuan,
        stated_text,
        computed_text,
        stated_source
    from named_accounts
    where has_official_name or has_other_name
),

-- The class last printed above a row, and the section where none but its items came between. Below
-- a row that could not be placed, nobody knows which it is.
rows_below as (
    select
        disclosure_id,
        table_name,
        row_number,
        classification,
        level,
        account_code,
        account_name,
        class_code,
        amount_yuan,
        place,
        row_role,
        max_by(
            case
                when row_role = 'unplaced' then ''
                else concat_ws(' ', account_code, account_name)
            end,
            case when level = 'class' or row_role = 'unplaced' then row_number end
        ) over rows_above as class_above,
        max_by(
            case when row_role = 'unplaced' then '' else account_code end,
            case when level in ('class', 'section') or row_role = 'unplaced' then row_number end
        ) over rows_above as section_above
    from (
        select
            *,
            case table_name when 'basic_expenditure_by_economic' then 'economic' else 'function' end
                as classification,
            concat_ws(' ', table_name, source_ref) as place
        from {{ ref('fct_published_amounts') }}
        where
            measure = 'total'
            and row_role in ('leaf', 'subtotal', 'total', 'unplaced')
            and has_valid_code is not null
    ) as account_rows
    window rows_above as (
        partition by disclosure_id, table_name
        order by row_number
        rows between unbounded preceding and current row
    )
),

rows_below_parents as (
    select
        'CC-04' as rule_code,
        disclosure_id,
        table_name || ' ' || account_code || ' row ' || cast(row_number as string) as subject,
        substr(class_above, 1, 3) <> class_code
        or (
            classification = 'function'
            and level = 'item'
            and length(section_above) > 3
            and section_above <> substr(account_code, 1, 5)
        ) as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', account_code, account_name) as stated_text,
        concat_ws(' ', 'below', class_above) as computed_text,
        place as stated_source
    from rows_below
    where account_code is not null and row_role in ('leaf', 'subtotal') and class_above <> ''
),

-- A department holds units of every kind; only of an institution's own budget is the kind known.
institutions as (
    select disclosure_id
    from {{ ref('dim_disclosures') }}
    where scope = 'unit' and organization_type = 'public_institution'
),

accounts_of_institutions as (
    select
        'CC-05' as rule_code,
        accounts.disclosure_id,
        'function ' || accounts.account_code as subject,
        accounts.account_code in ('2101101', '2080501') and accounts.amount_yuan > 0 as is_broken,
        accounts.amount_yuan as stated_yuan,
        accounts.account_name as stated_text,
        'the account of institutions' as computed_text,
        accounts.place as stated_source
    from accounts
    inner join institutions
        on accounts.disclosure_id = institutions.disclosure_id
    where
        accounts.classification = 'function'
        and accounts.account_code in ('2101101', '2101102', '2080501', '2080502')
),

spellings as (
    select
        'CC-07' as rule_code,
        disclosure_id,
        classification || ' ' || account_code as subject,
        not has_two_names and first_spelling <> last_spelling as is_broken,
        amount_yuan as stated_yuan,
        first_spelling as stated_text,
        last_spelling as computed_text,
        place as stated_source
    from accounts
    where account_name is not null
),

-- A total that stands in two rows is one total, and an account in two rows one account.
totals as (
    select
        disclosure_id,
        max(amount_yuan) as total_yuan
    from {{ account_rows }} as account_rows
    where table_name = 'expenditure_by_function' and row_role = 'total'
    group by all
),

-- An item that ends in 99 holds what has no item of its own.
items_for_the_rest as (
    select
        disclosure_id,
        account_code,
        max(account_name) as account_name,
        max(amount_yuan) as amount_yuan,
        min(place) as place
    from {{ account_rows }} as account_rows
    where
        table_name = 'expenditure_by_function' and level = 'item' and account_code like '%99'
    group by disclosure_id, account_code
),

residual_items as (
    select
        'CC-08' as rule_code,
        items_for_the_rest.disclosure_id,
        'function item ' || items_for_the_rest.account_code as subject,
        {{ wide_yuan('items_for_the_rest.amount_yuan') }} * 2 > totals.total_yuan as is_broken,
        items_for_the_rest.amount_yuan as stated_yuan,
        items_for_the_rest.account_name
        || ' '
        || cast(
            cast(
                cast(
                    {{ ratio('items_for_the_rest.amount_yuan', 'totals.total_yuan') }}
                    as decimal(24, 6)
                ) * 100 as decimal(18, 1)
            ) as string
        )
        || '%' as stated_text,
        'at most half of all expenditure in an item for the rest' as computed_text,
        items_for_the_rest.place as stated_source
    from items_for_the_rest
    inner join totals
        on items_for_the_rest.disclosure_id = totals.disclosure_id
    where totals.total_yuan > 0
),

regions_known as (
    select
        'CC-10' as rule_code,
        disclosures.disclosure_id,
        'region' as subject,
        regions.region_code is null as is_broken,
        null as stated_yuan,
        organizations.region_code as stated_text,
        'a region of GB/T 2260' as computed_text,
        'disclosure' as stated_source
    from {{ ref('dim_disclosures') }} as disclosures
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    left join {{ ref('regions') }} as regions
        on organizations.region_code = regions.region_code
),

-- How much of a table's amounts stands under codes of the catalogue.
joined_amounts as (
    select
        account_rows.disclosure_id,
        account_rows.table_name,
        sum(account_rows.amount_yuan) as amount_yuan,
        sum(
            case when known_codes.account_code is not null then account_rows.amount_yuan else 0 end
        ) as joined_yuan,
        count(case when account_rows.account_code is null then account_rows.amount_yuan end)
        + count(case when known_classes.class_code is null then account_rows.amount_yuan end)
            as amounts_without_class,
        min(account_rows.place) as place
    from {{ account_rows }} as account_rows
    left join known_codes
        on
            account_rows.classification = known_codes.classification
            and account_rows.account_code = known_codes.account_code
    left join known_classes
        on
            account_rows.classification = known_classes.classification
            and account_rows.class_code = known_classes.class_code
    where account_rows.row_role = 'leaf' and account_rows.amount_yuan <> 0
    group by all
),

amounts_in_catalogue as (
    select
        'CC-09' as rule_code,
        disclosure_id,
        table_name as subject,
        amount_yuan as stated_yuan,
        case when joined_yuan = amount_yuan or amounts_without_class > 0 then joined_yuan end
            as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        'amounts under codes of the catalogue' as stated_text,
        place as stated_source,
        cast(null as string) as computed_source
    from joined_amounts
),

statements as (
    {{ united([
        'codes_in_catalogue',
        'names_in_catalogue',
        'former_names',
        'rows_below_parents',
        'accounts_of_institutions',
        'spellings',
        'residual_items',
        'regions_known',
    ]) }}
),

claims as (
    select * from amounts_in_catalogue
)

{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
