-- One row per counted disclosure and earlier one of its organization that it is compared with.
with counted_disclosures as (
    select
        disclosures.disclosure_id,
        disclosures.organization_id,
        disclosures.scope,
        disclosures.fiscal_year,
        disclosures.stage,
        coalesce(untied_totals.is_comparable, false) as is_comparable
    from {{ ref('int_disclosures') }} as disclosures
    left join {{ ref('int_untied_totals') }} as untied_totals
        on disclosures.disclosure_id = untied_totals.disclosure_id
    where disclosures.is_counted
),

-- Joined on the year before, never on the row before: a missing year must give no comparison.
-- Neither does one whose spending was not read, or not whole: nothing read is not nothing spent.
last_years as (
    select
        this_year.*,
        last_year.disclosure_id as base_disclosure_id,
        last_year.fiscal_year as base_fiscal_year,
        last_year.stage as base_stage,
        true as is_same_stage,
        last_year.disclosure_id is not null as has_basis
    from counted_disclosures as this_year
    left join counted_disclosures as last_year
        on
            this_year.organization_id = last_year.organization_id
            and this_year.scope = last_year.scope
            and this_year.stage = last_year.stage
            and this_year.fiscal_year = last_year.fiscal_year + 1
            and this_year.is_comparable
            and last_year.is_comparable
),

-- A budget against last year's final accounts; within a year, the later stage against the earlier.
other_stages as (
    select
        disclosures.*,
        bases.disclosure_id as base_disclosure_id,
        bases.fiscal_year as base_fiscal_year,
        bases.stage as base_stage,
        false as is_same_stage,
        disclosures.is_comparable and bases.is_comparable as has_basis
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
),

-- Final accounts of a year without a budget have none to be compared with.
without_budget as (
    select
        disclosures.*,
        cast(null as string) as base_disclosure_id,
        disclosures.fiscal_year as base_fiscal_year,
        'initial_budget' as base_stage,
        false as is_same_stage,
        false as has_basis
    from counted_disclosures as disclosures
    left join counted_disclosures as budgets
        on
            disclosures.organization_id = budgets.organization_id
            and disclosures.scope = budgets.scope
            and disclosures.fiscal_year = budgets.fiscal_year
            and budgets.stage <> 'final_accounts'
    where disclosures.stage = 'final_accounts' and budgets.disclosure_id is null
)

select
    concat_ws(' against ', disclosure_id, base_disclosure_id) as comparison_id,
    *
from last_years
union all
select
    concat_ws(' against ', disclosure_id, 'no budget') as comparison_id,
    *
from without_budget
union all
select
    concat_ws(' against ', disclosure_id, base_disclosure_id) as comparison_id,
    *
from other_stages
