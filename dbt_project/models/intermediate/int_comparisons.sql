-- One row per counted disclosure and earlier one of its organization that it is compared with.
with counted_disclosures as (
    select
        disclosure_id,
        organization_id,
        scope,
        fiscal_year,
        stage
    from {{ ref('int_disclosures') }}
    where is_counted
),

-- Joined on the year before, never on the row before: a missing year must give no comparison.
last_years as (
    select
        this_year.*,
        last_year.disclosure_id as base_disclosure_id,
        last_year.fiscal_year as base_fiscal_year,
        last_year.stage as base_stage,
        true as is_same_stage
    from counted_disclosures as this_year
    left join counted_disclosures as last_year
        on
            this_year.organization_id = last_year.organization_id
            and this_year.scope = last_year.scope
            and this_year.stage = last_year.stage
            and this_year.fiscal_year = last_year.fiscal_year + 1
),

-- A budget against last year's final accounts; within a year, the later stage against the earlier.
other_stages as (
    select
        disclosures.*,
        bases.disclosure_id as base_disclosure_id,
        bases.fiscal_year as base_fiscal_year,
        bases.stage as base_stage,
        false as is_same_stage
    from counted_disclosures as disclosures
    inner join counted_disclosures as bases
        on
            disclosures.organization_id = bases.organization_id
            and disclosures.scope = bases.scope
            and (
                (
                    disclosures.fiscal_year = bases.fiscal_year + 1
                    and disclosures.stage <> 'final_accounts'
                    and bases.stage = 'final_accounts'
                )
                or (
                    disclosures.fiscal_year = bases.fiscal_year
                    and (
                        (disclosures.stage = 'final_accounts' and bases.stage <> 'final_accounts')
                        or (
                            disclosures.stage = 'adjusted_budget'
                            and bases.stage = 'initial_budget'
                        )
                    )
                )
            )
)

select
    concat_ws(' against ', disclosure_id, base_disclosure_id) as comparison_id,
    *
from last_years
union all
select
    concat_ws(' against ', disclosure_id, base_disclosure_id) as comparison_id,
    *
from other_stages
