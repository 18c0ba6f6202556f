"""The queries for the page of a rule: its row, how it came out, what it found."""

from budget_warehouse.outputs.explorer.queries import RANKED

FINDINGS_SHOWN = 60  # of one rule; the others stand on the pages of their documents


def _provinces(column: str) -> str:
    """Return the SQL of the names of the provinces that a column lists by two digits."""
    return f"""(
        select string_agg(region_name, '、' order by region_code)
        from reference.regions
        where
            region_code like '%0000'
            and ' ' || {column} || ' ' like '% ' || left(region_code, 2) || ' %'
    ) as {column}"""


def _number(column: str) -> str:
    """Return the SQL of a number without the zeros at its end."""
    return f"rtrim(rtrim(cast({column} as varchar), '0'), '.') as {column}"


NOT_IN_FORCE = """
    select rule_code, status, reason_zh as reason, basis, list.reason as reason_en
    from reference.rules_not_in_force as list
    order by rowid
"""
RULE_FIELDS = f"""
    select
        rule_code, status, materiality, formula, assumption_zh as assumption,
        tolerance_reason_zh as tolerance_reason, needed_tables, other_documents, article,
        until_fiscal_year, {_number("threshold")}, {_number("second_threshold")},
        {_provinces("applies_to_regions")}, {_provinces("prescribed_in_regions")},
        applies_to_stages, applies_to_forms, exclusions_zh as exclusions,
        expected_zh as expected,
        remedy_zh as remedy, version, changed_on, change_note_zh as change_note,
        rules.assumption as assumption_en, rules.tolerance_reason as tolerance_reason_en,
        rules.exclusions as exclusions_en, rules.expected as expected_en,
        rules.remedy as remedy_en, rules.change_note as change_note_en
    from marts.dim_reconciliation_rules as rules
    order by rule_code
"""

RULE_OUTCOMES = f"""
    select
        rule_code, outcome, not_executed_reason_zh as reason,
        count(distinct disclosure_id) as disclosure_count,
        cast(sum(checked_count) as bigint) as checked_count,
        judged.not_executed_reason as reason_en
    from (
        -- A finding that a person found unfounded is none.
        select * replace (case when verdict = 'unfounded' then 'pass' else outcome end as outcome)
        from listed_reconciliations
    ) as judged
    group by rule_code, outcome, not_executed_reason_zh, judged.not_executed_reason
    order by rule_code, array_position({RANKED}, outcome), disclosure_count desc, reason
"""

RULE_FINDINGS = f"""
    select
        rule_code, disclosure_id, outcome, severity, subject_zh, stated_yuan, computed_yuan,
        gap_yuan, stated_text_zh, computed_text_zh, stated_source_zh, computed_source_zh,
        case
            when known_finding_reason is not null then coalesce(verdict, 'confirmed')
        end as verdict,
        reopened_because,
        subject as subject_en, stated_text as stated_text_en, computed_text as computed_text_en,
        stated_source as stated_source_en, computed_source as computed_source_en
    from listed_reconciliations
    where outcome in ('fail', 'hint')
    qualify row_number() over (
        partition by rule_code
        order by
            array_position({RANKED}, outcome), abs(gap_yuan) desc nulls last, disclosure_id,
            subject, stated_source
    ) <= {FINDINGS_SHOWN}
    order by
        rule_code, array_position({RANKED}, outcome), abs(gap_yuan) desc nulls last,
        disclosure_id, subject, stated_source
"""
