"""Queries of the explorer to a published warehouse: rows as they stand, nothing computed."""

# The rows that pages show: held in temporary tables, so that each mart is read through once.
HELD = (
    "fct_budget_splits",
    "fct_expenditure_changes",
    "fct_narrative_claims",
    "fct_performance_targets",
    "fct_projects",
    "fct_published_amounts",
    "fct_published_tables",
    "fct_reconciliations",
    "fct_statements",
)

OUTCOMES = "fhpin"  # fail, hint, pass, insufficient data, not applicable: worst first
RANKED = "['fail', 'hint', 'pass', 'insufficient_data', 'not_applicable']"

DISCLOSURES = """
    with counts as (
        select
            disclosure_id,
            count(*) filter (where severity = 'error') as error_count,
            count(*) filter (where severity = 'warning') as warning_count,
            count(*) filter (where severity = 'info') as info_count
        from findings
        group by disclosure_id
    )

    select
        disclosures.disclosure_id, disclosures.organization_id, organization_name,
        disclosures.fiscal_year,
        disclosures.stage, scope, revision, is_current, disclosures.is_counted, is_stale,
        disclosures.has_untied_total, printed_spending_yuan,
        department_disclosure_id, published_on, source_document, source_url, source_sha256,
        basic_yuan, project_yuan, total_yuan,
        coalesce(error_count, 0) as error_count, coalesce(warning_count, 0) as warning_count,
        coalesce(info_count, 0) as info_count,
        disclosures.disclosure_id in (select disclosure_id from selection) as has_pages
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    left join counts using (disclosure_id)
    left join marts.fct_budget_splits as splits
        on disclosures.disclosure_id = splits.disclosure_id and splits.level = 'total'
    where disclosures.disclosure_id in (select disclosure_id from listed)
    order by
        organization_name, scope, disclosures.fiscal_year, disclosures.stage, revision,
        disclosures.disclosure_id
"""

# The worst outcome of each rule in a disclosure, a letter each in the order of the rules.
RULES_OF_DISCLOSURES = f"""
    with outcomes as (
        select
            disclosure_id, rule_code,
            '{OUTCOMES}'[min(array_position(
                {RANKED}, case when verdict = 'unfounded' then 'pass' else outcome end
            ))] as outcome
        from listed_reconciliations
        group by all
    )

    select disclosure_id, string_agg(coalesce(outcome, '-'), '' order by rule_code) as outcomes
    from listed
    cross join marts.dim_reconciliation_rules
    left join outcomes using (disclosure_id, rule_code)
    group by disclosure_id
    order by disclosure_id
"""

# Completeness of each reading, those that need a person most first.
READING = """
    with counted as (
        select
            disclosure_id, reading, count(table_name) as table_count,
            count(*) filter (where tables.numbers_placed >= tables.numbers_printed)
                as whole_table_count,
            count(*) filter (where tables.numbers_placed < tables.numbers_printed)
                as part_table_count,
            cast(sum(tables.numbers_printed) as bigint) as numbers_printed,
            cast(sum(tables.numbers_placed) as bigint) as numbers_placed
        from marts.dim_disclosures
        left join marts.fct_published_tables as tables using (disclosure_id)
        where disclosure_id in (select disclosure_id from listed)
        group by disclosure_id, reading
    )

    from counted
    order by
        numbers_placed / nullif(numbers_printed, 0) nulls last,
        coalesce(reading, '') = 'reviewed', numbers_printed - numbers_placed desc, disclosure_id
"""

# Columns that a version published earlier may not have yet, and that are then null.
ADDED_COLUMNS = {
    "fct_reconciliations": {
        "verdict": "text",
        "reviewer": "text",
        "reviewed_on": "date",
        "reopened_because": "text",
        "lowered_because": "text",
    },
}

# Columns that a version published earlier may not have yet, by part.
ADDED = {
    "reading": (
        ("dim_disclosures", "reading"),
        ("fct_published_tables", "numbers_printed"),
        ("fct_published_tables", "numbers_placed"),
    ),
    "facts": (("fct_findings", "finding_id"),),
    "grades": (("fct_disclosure_grades", "lifting_count"),),
    "units": (("fct_published_amounts", "unit_name"),),
    "stages": (("fct_stage_changes", "execution_ratio"),),
    "rules": (("dim_reconciliation_rules", "formula"),),
    "precisions": (("fct_rule_precision", "is_doubted"),),
    "expected": (("fct_expected_disclosures", "presence"),),
}

COLUMNS = """
    select table_name, column_name
    from duckdb_columns()
    where database_name = current_database() and schema_name = 'marts'
"""

ORGANIZATIONS = """
    with publishing as (
        select organization_id, parent_organization_id
        from marts.dim_organizations
        where organization_id in (
            select organization_id from marts.dim_disclosures
            where disclosure_id in (select disclosure_id from listed)
        )
    )

    select
        organization_id, organization_name, organization_type, parent_organization_id,
        region_code, region_name
    from marts.dim_organizations
    where
        organization_id in (select organization_id from publishing)
        or organization_id in (select parent_organization_id from publishing)
    order by organization_name, organization_id
"""

RULES = """
    select
        rule_code, family, severity, coalesce(statement_zh, statement) as statement, tolerance,
        basis, from_fiscal_year, statement as statement_en
    from marts.dim_reconciliation_rules
    order by rule_code
"""

# The verdicts of people, counted for each rule of which they judged a finding.
PRECISIONS = """
    select
        rule_code, confirmed_count, unfounded_count, precision_lower_ratio, precision_upper_ratio,
        is_doubted
    from marts.fct_rule_precision
    where confirmed_count + unfounded_count > 0
    order by rule_code
"""

# Spending that sums count, as the warehouse adds it up.
YEARS = """
    with untied as (
        select fiscal_year, stage, count(*) as untied_count
        from marts.dim_disclosures
        where is_counted and has_untied_total
        group by all
    )

    select
        fiscal_year, stage, nature, cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan,
        count(distinct organization_id) as organization_count,
        coalesce(any_value(untied_count), 0) as untied_count
    from marts.expenditures
    left join untied using (fiscal_year, stage)
    group by all
    order by all
"""

# Columns by a list of names: a version that was published earlier lacks some.
OF_DISCLOSURES = {
    "tables": """
        select disclosure_id, table_name, title, compiling_entity, unit, remark, source_ref
        from fct_published_tables
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "amounts": """
        select
            disclosure_id, table_name, row_number, measure, row_role, null_kind, printed_text,
            unit, amount_yuan, level, account_code, account_name, row_key, parent_row_key, side,
            source_ref
        from fct_published_amounts
        where disclosure_id in (select unnest(?))
        order by disclosure_id, table_name, row_number, measure, account_code
    """,
    "splits": """
        select disclosure_id, function_code, level, basic_yuan, project_yuan, total_yuan
        from fct_budget_splits
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "changes": """
        select
            disclosure_id, last_year_disclosure_id, function_code, level, nature, amount_yuan,
            last_year_amount_yuan, change_yuan, change_ratio, contribution_ratio, change_kind, basis
        from fct_expenditure_changes
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "stages": """
        select
            disclosure_id, base_disclosure_id, base_fiscal_year, base_stage, function_code, level,
            nature, expense, amount_yuan, base_yuan, change_yuan, change_ratio, execution_ratio,
            change_kind, basis
        from marts.fct_stage_changes
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "names": """
        select disclosure_id, function_code, max_by(function_name, names.fiscal_year) as name
        from marts.dim_disclosures as disclosures
        inner join marts.dim_functions as names
            on names.fiscal_year in (disclosures.fiscal_year, disclosures.fiscal_year - 1)
        where
            disclosure_id in (select unnest($1))
            and (disclosure_id, function_code) in (
                select disclosure_id, function_code from fct_budget_splits
                where disclosure_id in (select unnest($1))
                union all
                select disclosure_id, function_code from fct_expenditure_changes
                where disclosure_id in (select unnest($1))
                union all
                select disclosure_id, function_code from marts.fct_stage_changes
                where disclosure_id in (select unnest($1))
            )
        group by all
        order by all
    """,
    "projects": """
        select columns(lambda name: name in (
            'disclosure_id', 'project_number', 'project_name', 'project_kind', 'project_kind_text',
            'form_fiscal_year', 'supervising_organization_name', 'implementing_organization_name',
            'starts_on', 'ends_on', 'total_yuan', 'annual_yuan', 'fiscal_yuan', 'carryover_yuan',
            'other_yuan', 'initial_budget_yuan', 'adjusted_budget_yuan', 'executed_yuan',
            'score_text', 'source_ref'
        ))
        from fct_projects
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "targets": """
        select columns(lambda name: name in (
            'disclosure_id', 'indicator_number', 'project_name', 'indicator_level_1',
            'indicator_level_2', 'indicator_name', 'target_text', 'achieved_text', 'score_text',
            'source_ref'
        ))
        from fct_performance_targets
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "claims": """
        select columns(lambda name: name in (
            'disclosure_id', 'claim_number', 'ordinal', 'measure', 'account_name', 'amount_yuan',
            'base_year', 'base_stage', 'direction', 'change_yuan', 'amount_text',
            'base_amount_text', 'direction_text', 'change_text', 'change_percent_text',
            'completion_percent_text', 'unit', 'source_ref'
        ))
        from fct_narrative_claims
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "statements": """
        select disclosure_id, statement_number, subject, value_text, unit, note, source_ref
        from fct_statements
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "checks": """
        select
            disclosure_id, rule_code, outcome, sum(checked_count) as checked_count,
            count(*) as row_count,
            not_executed_reason_zh as not_executed_reason,
            fct_reconciliations.not_executed_reason as not_executed_reason_en
        from fct_reconciliations
        where disclosure_id in (select unnest(?))
        group by all
        order by all
    """,
    "findings": """
        select
            disclosure_id, rule_code, outcome, severity, subject_zh, stated_yuan, computed_yuan,
            gap_yuan, tolerance_yuan, stated_text_zh, computed_text_zh, stated_source_zh,
            computed_source_zh, stated_table_name, stated_row_number, computed_table_name,
            computed_row_number, computed_disclosure_id,
            coalesce(known_finding_reason_zh, known_finding_reason) as reason,
            verdict, reviewer, reviewed_on, reopened_because, lowered_because,
            subject as subject_en, stated_text as stated_text_en,
            computed_text as computed_text_en, stated_source as stated_source_en,
            computed_source as computed_source_en, known_finding_reason as reason_en
        from fct_reconciliations
        where outcome in ('fail', 'hint') and disclosure_id in (select unnest(?))
        order by
            disclosure_id, outcome, array_position(['error', 'warning', 'info'], severity),
            rule_code, subject, stated_source, stated_yuan
    """,
}

# A row of a table is disputed where a rule that fails names its place.
DISPUTED = """
    disputed as (
        select
            amounts.disclosure_id, table_name, account_code,
            string_agg(distinct rule_code, ' ' order by rule_code) as disputed_by
        from listed_reconciliations as findings
        inner join marts.fct_published_amounts as amounts
            on
                findings.disclosure_id = amounts.disclosure_id
                and findings.stated_table_name = amounts.table_name
                and findings.stated_row_number = amounts.row_number
                and findings.stated_row_count = 1
        where outcome = 'fail' and severity in ('error', 'warning')
        group by all
    )
"""

FUNCTIONS_THROUGH_YEARS = f"""
    with {DISPUTED}

    select
        splits.function_code as account_code, splits.disclosure_id, basic_yuan, project_yuan,
        total_yuan, disputed_by
    from marts.fct_budget_splits as splits
    left join disputed
        on
            splits.disclosure_id = disputed.disclosure_id
            and splits.function_code = disputed.account_code
            and disputed.table_name = 'expenditure_by_function'
    where
        splits.level <> 'total' and splits.disclosure_id in (select disclosure_id from listed)
    order by all
"""

ECONOMIC_ITEMS_THROUGH_YEARS = f"""
    with {DISPUTED}

    select
        account_code, disclosure_id, row_number,
        max(amount_yuan) filter (where measure = 'personnel') as personnel_yuan,
        max(amount_yuan) filter (where measure = 'public_use') as public_use_yuan,
        max(amount_yuan) filter (where measure = 'total') as total_yuan,
        max(disputed_by) as disputed_by
    from marts.fct_published_amounts
    left join disputed using (disclosure_id, table_name, account_code)
    where
        disclosure_id in (select disclosure_id from listed)
        and table_name = 'basic_expenditure_by_economic' and account_code is not null
        and row_role in ('leaf', 'subtotal')
    group by all
    order by all
"""

ACCOUNTS = """
    select distinct 'function' as kind, function_code as code, function_name as name
    from marts.dim_functions
    where function_code in (
        select function_code from marts.fct_budget_splits
        where disclosure_id in (select disclosure_id from listed)
    )
    union all
    select distinct 'economic', account_code, account_name
    from marts.fct_published_amounts
    where
        disclosure_id in (select disclosure_id from listed)
        and table_name = 'basic_expenditure_by_economic' and account_code is not null
        and row_role in ('leaf', 'subtotal')
    order by all
"""

PROJECTS = """
    select fiscal_year, project_name, disclosure_id, project_number, annual_yuan
    from marts.fct_projects
    where disclosure_id in (select disclosure_id from listed)
    order by all
"""
