"""The queries for the list of findings: one row per fact, what is most at stake first."""

# The columns of sorting and filtering are apart from the texts, which a page loads as it shows
# them; failures are told in full on their document's page.
FINDINGS = """
    select
        findings.disclosure_id, findings.severity, findings.amount_yuan, findings.rule_codes,
        findings.rule_code,
        case when findings.is_reviewed then coalesce(failures.verdict, 'confirmed') end as verdict,
        failures.reopened_because, failures.subject_zh, failures.stated_yuan,
        failures.computed_yuan, failures.stated_text_zh, failures.computed_text_zh,
        failures.stated_source_zh, failures.computed_source_zh, failures.reviewer,
        failures.reviewed_on, failures.lowered_because, failures.subject as subject_en,
        failures.stated_text as stated_text_en, failures.computed_text as computed_text_en,
        failures.stated_source as stated_source_en, failures.computed_source as computed_source_en
    from marts.fct_findings as findings
    inner join listed_reconciliations as failures
        on
            findings.disclosure_id = failures.disclosure_id
            and findings.rule_code = failures.rule_code
            and findings.subject is not distinct from failures.subject
            and failures.outcome = 'fail'
    order by
        array_position(['error', 'warning', 'info'], findings.severity),
        findings.amount_yuan desc, findings.disclosure_id, findings.finding_id
"""

SORTED_BY = (
    "disclosure_id",
    "severity",
    "amount_yuan",
    "rule_codes",
    "rule_code",
    "verdict",
    "reopened_because",
)
"""The columns of the list as a whole; the others are in its shards."""

SHARD = 200  # findings in one file: three screens of the list
