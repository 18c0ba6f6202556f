-- One row per code of the classifications, with the names that it has or had.
with catalogue as (
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
    group by classification, from_code
)

select
    catalogue.classification,
    substr(catalogue.account_code, 1, 3) as class_code,
    catalogue.account_code,
    catalogue.account_name,
    catalogue.evidence = 'several_documents' as is_certain,
    {{ comparable_name('catalogue.account_name') }} as comparable_account,
    {{ short_name(comparable_name('catalogue.account_name')) }} as short_account,
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
