-- One row per rule and disclosure for what passed; per rule, disclosure and subject otherwise.
-- The document's name, where the other side stands in it.
with titles as (
    select
        disclosures.disclosure_id,
        disclosures.stage,
        organizations.organization_name || cast(disclosures.fiscal_year as string) || '年度'
        || scopes.label_zh || stages.label_zh as title_zh
    from {{ ref('dim_disclosures') }} as disclosures
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    inner join {{ ref('labels') }} as stages
        on stages.kind = 'stage' and disclosures.stage = stages.name
    inner join {{ ref('labels') }} as scopes
        on scopes.kind = 'scope' and disclosures.scope = scopes.name
),

rules as (
    select
        rules.rule_code,
        rules.family,
        precisions.severity,
        precisions.spoken_severity,
        precisions.rule_version
    from {{ ref('reconciliation_rules') }} as rules
    inner join {{ ref('fct_rule_precision') }} as precisions
        on rules.rule_code = precisions.rule_code
),

verdicts as (
    select
        *,
        case when reopened_because is null then verdict end as standing_verdict
    from {{ ref('int_verdicts') }}
)

select
    outcomes.rule_code,
    outcomes.disclosure_id,
    subjects.text as subject,
    rules.family,
    outcomes.checked_count,
    outcomes.outcome,
    -- A person who confirmed a finding speaks louder than others who contradicted its rule.
    case
        when verdicts.standing_verdict = 'unfounded' then 'info'
        when verdicts.standing_verdict = 'confirmed' then rules.severity
        else rules.spoken_severity
    end as severity,
    case
        when verdicts.standing_verdict = 'unfounded' then 'judged_unfounded'
        when verdicts.standing_verdict is null and rules.spoken_severity <> rules.severity
            then 'rule_doubted'
    end as lowered_because,
    rules.rule_version,
    case
        when outcomes.outcome in ('fail', 'hint')
            then {{ short_sha(
                "concat_ws('|', outcomes.rule_code, outcomes.disclosure_id, outcomes.coded_subject)"
            ) }}
    end as fingerprint,
    outcomes.stated_yuan,
    outcomes.computed_yuan,
    outcomes.gap_yuan,
    outcomes.tolerance_yuan,
    outcomes.excess_fen,
    stated_texts.text as stated_text,
    computed_texts.text as computed_text,
    outcomes.stated_source,
    outcomes.computed_source,
    {%- for column in place_columns() %}
        outcomes.{{ column }},
    {%- endfor %}
    subjects.text_zh as subject_zh,
    stated_texts.text_zh as stated_text_zh,
    computed_texts.text_zh as computed_text_zh,
    {{ place_in_chinese(
        'stated_tables.title_zh', 'outcomes.stated_source_ref', 'outcomes.stated_row_count'
    ) }} as stated_source_zh,
    concat_ws(
        '',
        titles.title_zh,
        {{ place_in_chinese(
            'computed_tables.title_zh', 'outcomes.computed_source_ref', 'outcomes.computed_row_count'
        ) }}
    ) as computed_source_zh,
    verdicts.standing_verdict as verdict,
    case when verdicts.standing_verdict is not null then verdicts.reason end
        as known_finding_reason,
    case when verdicts.standing_verdict is not null then verdicts.reason_zh end
        as known_finding_reason_zh,
    verdicts.reviewer,
    verdicts.reviewed_on,
    verdicts.until,
    verdicts.reopened_because,
    reasons.text as not_executed_reason,
    reasons.text_zh as not_executed_reason_zh,
    disclosures.is_counted
from {{ ref('int_outcomes') }} as outcomes
inner join rules
    on outcomes.rule_code = rules.rule_code
inner join {{ ref('dim_disclosures') }} as disclosures
    on outcomes.disclosure_id = disclosures.disclosure_id
left join {{ ref('int_texts') }} as subjects
    on
        outcomes.coded_subject = subjects.coded_text
        and disclosures.stage = subjects.stage
left join {{ ref('int_texts') }} as stated_texts
    on
        outcomes.coded_stated_text = stated_texts.coded_text
        and disclosures.stage = stated_texts.stage
left join {{ ref('int_texts') }} as computed_texts
    on
        outcomes.coded_computed_text = computed_texts.coded_text
        and disclosures.stage = computed_texts.stage
left join {{ ref('int_texts') }} as reasons
    on
        outcomes.coded_reason = reasons.coded_text
        and disclosures.stage = reasons.stage
left join titles
    on outcomes.computed_disclosure_id = titles.disclosure_id
left join {{ ref('int_table_titles') }} as stated_tables
    on
        outcomes.stated_table_name = stated_tables.table_name
        and disclosures.stage = stated_tables.stage
left join {{ ref('int_table_titles') }} as computed_tables
    on
        outcomes.computed_table_name = computed_tables.table_name
        and coalesce(titles.stage, disclosures.stage) = computed_tables.stage
left join verdicts
    on
        outcomes.rule_code = verdicts.rule_code
        and outcomes.disclosure_id = verdicts.disclosure_id
        and subjects.text = verdicts.subject
        and outcomes.outcome in ('fail', 'hint')
