-- One row per classification, account code and name other than the catalogue's.
with catalogue as (
    select
        'function' as classification,
        function_code as account_code,
        function_name as account_name,
        other_names
    from {{ ref('functions') }}
    union all
    select
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name,
        other_names
    from {{ ref('economic_items') }}
),

aliases as (
    select
        classification,
        from_code as account_code,
        from_name as alias,
        effective_fiscal_year - 1 as valid_to,
        cast(null as integer) as printed_fiscal_year,
        evidence
    from {{ ref('classification_changes') }}
    where from_code is not null
    {%- for position in [1, 2, 3] %}
        union all
        select
            classification,
            account_code,
            nullif(split_part(other_names, '|', {{ position }}), '') as alias,
            cast(null as integer) as valid_to,
            cast(null as integer) as printed_fiscal_year,
            'Seen in at least two documents' as evidence
        from catalogue
    {%- endfor %}
    union all
    select
        classification,
        account_code,
        account_name as alias,
        cast(null as integer) as valid_to,
        fiscal_year as printed_fiscal_year,
        cast(null as string) as evidence
    from {{ ref('stg_account_names') }}
    union all
    select
        completed_codes.classification,
        completed_codes.account_code,
        completed_codes.account_name as alias,
        cast(null as integer) as valid_to,
        disclosures.fiscal_year as printed_fiscal_year,
        cast(null as string) as evidence
    from {{ ref('int_completed_codes') }} as completed_codes
    inner join {{ ref('int_disclosures') }} as disclosures
        on completed_codes.disclosure_id = disclosures.disclosure_id
)

select
    aliases.classification,
    aliases.account_code,
    aliases.alias,
    coalesce(
        {{ comparable_name('aliases.alias') }} = {{ comparable_name('catalogue.account_name') }},
        false
    ) as is_typing_variant,
    max(aliases.valid_to) as valid_to,
    min(aliases.printed_fiscal_year) as first_printed_fiscal_year,
    max(aliases.printed_fiscal_year) as last_printed_fiscal_year,
    -- The ground of a change says more than that the name was seen.
    coalesce(
        max(case when aliases.valid_to is not null then aliases.evidence end),
        max(aliases.evidence),
        'Printed in a disclosure of this warehouse'
    ) as evidence
from aliases
left join catalogue
    on
        aliases.classification = catalogue.classification
        and aliases.account_code = catalogue.account_code
where
    aliases.alias is not null
    and (catalogue.account_name is null or aliases.alias <> catalogue.account_name)
group by all
