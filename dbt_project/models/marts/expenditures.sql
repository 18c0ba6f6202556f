-- One row per leaf line of spending that sums count, with every name joined.
{{ config(materialized='view') }}
select
    fct_expenditures.fiscal_year,
    fct_expenditures.stage,
    dim_organizations.organization_name,
    dim_organizations.region_name,
    fct_expenditures.fund,
    dim_functions.class_code,
    dim_functions.class_name,
    dim_functions.section_code,
    dim_functions.section_name,
    dim_functions.item_code,
    dim_functions.item_name,
    fct_expenditures.nature,
    fct_expenditures.amount_yuan,
    dim_disclosures.source_document,
    fct_expenditures.source_ref,
    fct_expenditures.disclosure_id,
    fct_expenditures.organization_id,
    fct_expenditures.function_code,
    fct_expenditures.has_untied_total,
    fct_expenditures.unit_name
from {{ ref('fct_expenditures') }} as fct_expenditures
inner join {{ ref('dim_disclosures') }} as dim_disclosures
    on fct_expenditures.disclosure_id = dim_disclosures.disclosure_id
inner join {{ ref('dim_organizations') }} as dim_organizations
    on fct_expenditures.organization_id = dim_organizations.organization_id
inner join {{ ref('dim_functions') }} as dim_functions
    on
        fct_expenditures.fiscal_year = dim_functions.fiscal_year
        and fct_expenditures.function_code = dim_functions.function_code
where fct_expenditures.is_counted
