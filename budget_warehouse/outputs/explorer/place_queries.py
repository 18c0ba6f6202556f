"""The queries for the pages of places and organizations: what is loaded, and what it adds up to."""

_PLACES = """
    select region_code
    from marts.dim_organizations
    where organization_id in (
        select organization_id from marts.dim_disclosures
        where disclosure_id in (select disclosure_id from listed)
    )
"""


def regions(has_expected: bool) -> str:
    """Return the query for the places that have a page, and those above them.

    A place has one where it has an organization with a page, or where a list expects a disclosure.
    """
    expected = "union select region_code from marts.fct_expected_disclosures"
    return f"""
        with recursive with_pages as (
            (
                {_PLACES}
                {expected if has_expected else ""}
            )
            union
            select parent_region_code
            from reference.regions
            inner join with_pages using (region_code)
            where parent_region_code is not null
        )

        select region_code, region_name, parent_region_code
        from reference.regions
        where region_code in (select region_code from with_pages)
        order by region_code
    """


READINGS = "select disclosure_id, reading from marts.dim_disclosures"

_NATURES = """
    -- Null where a table prints no natures, as in fct_budget_splits.
    case
        when count(*) filter (where nature = 'undivided') = 0
            then cast(
                coalesce(sum(amount_yuan) filter (where nature = 'basic'), 0) as decimal(18, 2)
            )
    end as basic_yuan,
    case
        when count(*) filter (where nature = 'undivided') = 0
            then cast(
                coalesce(sum(amount_yuan) filter (where nature = 'project'), 0) as decimal(18, 2)
            )
    end as project_yuan,
    cast(sum(amount_yuan) as decimal(18, 2)) as total_yuan
"""

# Spending of each place, in which nothing is counted twice: of all documents, shown or not.
CLASSES_OF_PLACES = f"""
    select
        region_code, fiscal_year, stage, class_code, any_value(class_name) as class_name,
        count(distinct organization_id) as organization_count, {_NATURES}
    from marts.expenditures
    inner join marts.dim_organizations as organizations using (organization_id)
    group by region_code, fiscal_year, stage, class_code
    union all by name
    select
        region_code, fiscal_year, stage, 'total' as class_code, null as class_name,
        count(distinct organization_id) as organization_count, {_NATURES}
    from marts.expenditures
    inner join marts.dim_organizations as organizations using (organization_id)
    group by region_code, fiscal_year, stage
    order by region_code nulls last, fiscal_year, stage, class_code
"""

# Spending of each disclosure by class, for its organization beside its units.
CLASSES_OF_DISCLOSURES = """
    select
        disclosures.organization_id, disclosures.disclosure_id, splits.function_code as class_code,
        class_name, basic_yuan, project_yuan, total_yuan
    from marts.fct_budget_splits as splits
    inner join marts.dim_disclosures as disclosures using (disclosure_id)
    left join (
        select fiscal_year, class_code, any_value(class_name) as class_name
        from marts.dim_functions
        group by all
    ) as classes
        on
            disclosures.fiscal_year = classes.fiscal_year
            and splits.function_code = classes.class_code
    where
        splits.level in ('class', 'total') and disclosures.is_current
        and disclosures.disclosure_id in (select disclosure_id from listed)
    order by organization_id, disclosure_id, class_code
"""

# The units that a document names in a column of its tables.
NAMED_UNITS = """
    select distinct disclosures.organization_id, disclosure_id, unit_name
    from marts.fct_published_amounts
    inner join marts.dim_disclosures as disclosures using (disclosure_id)
    where
        disclosure_id in (select disclosure_id from listed)
        and disclosures.is_current and unit_name is not null
        and not regexp_matches(unit_name, '^(合计|总计|小计|本级合计)$')
    order by all
"""

# Disclosures that a list expects, those that are not loaded first.
EXPECTED = """
    select
        region_code, organization_name, scope, fiscal_year, stage, due_on, presence, disclosure_id,
        basis
    from marts.fct_expected_disclosures
    order by
        array_position(['missing', 'due', 'loaded'], presence), due_on, organization_name, scope,
        fiscal_year, stage
"""

# The grade of each publication, or why it has none.
GRADES = """
    select
        organization_id, disclosure_id, grade, not_graded_because, next_grade, lifting_count
    from marts.fct_disclosure_grades
    where disclosure_id in (select disclosure_id from listed)
    order by all
"""

SHARD = 20  # organizations in one file
