-- One row per rule and disclosure that the rule cannot judge: by its stage, its year, its region,
-- the kind of its organization or a table it needs.
with summed_tables as (
    select distinct
        rule_code,
        table_name
    from {{ ref('reconciliation_sides') }}
),

barred_rules as (
    select
        rules.rule_code,
        disclosures.disclosure_id,
        'not_applicable' as outcome,
        {{ said('other_stage') }} as coded_reason
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('dim_disclosures') }} as disclosures
    where not ' ' || rules.applies_to_stages || ' ' like '% ' || disclosures.stage || ' %'
    union all
    select
        rules.rule_code,
        disclosures.disclosure_id,
        'not_applicable' as outcome,
        {{ said('after_rule') }} as coded_reason
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('dim_disclosures') }} as disclosures
    where disclosures.fiscal_year > cast(rules.until_fiscal_year as integer)
    union all
    select
        rules.rule_code,
        disclosures.disclosure_id,
        case
            when organizations.region_code is null then 'insufficient_data' else 'not_applicable'
        end as outcome,
        case
            when organizations.region_code is null then {{ said('region_unknown') }}
            else {{ said('other_region') }}
        end as coded_reason
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('dim_disclosures') }} as disclosures
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    where
        rules.applies_to_regions is not null
        and not coalesce(
            ' ' || rules.applies_to_regions || ' '
            like '% ' || substr(organizations.region_code, 1, 2) || ' %',
            false
        )
    union all
    -- The rule on institutions asks nothing of a department, which holds units of every kind.
    select
        rules.rule_code,
        disclosures.disclosure_id,
        'insufficient_data' as outcome,
        {{ said('kind_unknown') }} as coded_reason
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('dim_disclosures') }} as disclosures
    where
        rules.rule_code = 'CC-05'
        and disclosures.scope = 'unit'
        and disclosures.organization_type is null
    union all
    select
        rules.rule_code,
        unfit_tables.disclosure_id,
        'insufficient_data' as outcome,
        case
            when unfit_tables.is_half_read
                then {{ said('table_half_read', ['unfit_tables.table_name']) }}
            else {{ said('table_of_other_form', ['unfit_tables.table_name']) }}
        end as coded_reason
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('int_unfit_tables') }} as unfit_tables
    left join summed_tables
        on
            rules.rule_code = summed_tables.rule_code
            and unfit_tables.table_name = summed_tables.table_name
    where
        -- A sum over tables lacks what one of them could not add, whether the rule needs it or not.
        (
            ' ' || rules.needed_tables || ' ' like '% ' || unfit_tables.table_name || ' %'
            or summed_tables.table_name is not null
        )
        and (unfit_tables.is_half_read or not ({{ is_judged_form('unfit_tables', 'rules') }}))
)

select
    rule_code,
    disclosure_id,
    -- Another stage, year or region than the rule's goes before.
    max(outcome) as outcome,
    coalesce(
        min(case outcome when 'not_applicable' then coded_reason end), min(coded_reason)
    ) as coded_reason
from barred_rules
group by rule_code, disclosure_id
