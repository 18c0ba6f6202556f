-- One row per rule and disclosure for what passed; per rule, disclosure and subject otherwise.
with checks as (
    {%- for relation in ['compared_amounts'] + rule_families() %}
        select * from {{ ref('int_checks_of_' ~ relation) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

checked_pairs as (
    select
        rule_code,
        disclosure_id
    from checks
    group by all
),

-- The rules that had nothing to check in a disclosure.
unchecked_pairs as (
    select
        rules.rule_code,
        disclosures.disclosure_id,
        disclosures.fiscal_year < cast(rules.from_fiscal_year as integer) as is_before_rule,
        rules.needed_tables
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('dim_disclosures') }} as disclosures
    left join checked_pairs
        on
            rules.rule_code = checked_pairs.rule_code
            and disclosures.disclosure_id = checked_pairs.disclosure_id
    where checked_pairs.rule_code is null
),

printed_tables as (
    select
        disclosure_id,
        table_name
    from {{ ref('fct_published_amounts') }}
    union
    select
        disclosure_id,
        table_name
    from {{ ref('fct_published_tables') }}
    union
    select
        disclosure_id,
        'narrative_claims' as table_name
    from {{ ref('fct_narrative_claims') }}
    union
    select
        disclosure_id,
        'statements' as table_name
    from {{ ref('fct_statements') }}
    union
    select
        disclosure_id,
        'tables' as table_name
    from {{ ref('fct_published_tables') }}
),

table_names as (
    select distinct table_name
    from printed_tables
),

needed_tables as (
    select
        rules.rule_code,
        table_names.table_name
    from {{ ref('reconciliation_rules') }} as rules
    inner join table_names
        on
            ' ' || rules.needed_tables || ' ' like '% ' || table_names.table_name || ' %'
            or rules.needed_tables = 'any'
),

-- Which of the tables that such a rule needs the document prints.
unchecked_rules as (
    select
        unchecked_pairs.rule_code,
        unchecked_pairs.disclosure_id,
        unchecked_pairs.is_before_rule,
        unchecked_pairs.needed_tables,
        count(printed_tables.table_name) as tables_printed,
        length(unchecked_pairs.needed_tables)
        - length(replace(unchecked_pairs.needed_tables, ' ', ''))
        + 1 as tables_needed
    from unchecked_pairs
    left join needed_tables
        on unchecked_pairs.rule_code = needed_tables.rule_code
    left join printed_tables
        on
            unchecked_pairs.disclosure_id = printed_tables.disclosure_id
            and needed_tables.table_name = printed_tables.table_name
    group by
        unchecked_pairs.rule_code,
        unchecked_pairs.disclosure_id,
        unchecked_pairs.is_before_rule,
        unchecked_pairs.needed_tables
),

judged as (
    select
        rule_code,
        disclosure_id,
        subject,
        -- Rows of a rule that spans relations: each has counted its own passes.
        sum(case when outcome in ('pass', 'fail', 'hint') then checked_count else 0 end)
            as checked_count,
        outcome,
        max(stated_yuan) as stated_yuan,
        max(computed_yuan) as computed_yuan,
        max(gap_yuan) as gap_yuan,
        max(tolerance_yuan) as tolerance_yuan,
        case
            when outcome in ('pass', 'fail', 'hint') and count(excess_fen) = count(*)
                then max(excess_fen)
        end as excess_fen,
        max(stated_text) as stated_text,
        max(computed_text) as computed_text,
        max(stated_source) as stated_source,
        max(computed_source) as computed_source,
        {%- for column in place_columns() %}
            max({{ column }}) as {{ column }},
        {%- endfor %}
        case outcome
            when 'insufficient_data' then 'one side of the claim is not published or not loaded'
            when 'not_applicable' then 'the document prints the account on one side only'
        end as not_executed_reason
    from checks
    group by rule_code, disclosure_id, subject, outcome
    union all
    select
        rule_code,
        disclosure_id,
        cast(null as string) as subject,
        0 as checked_count,
        case
            when is_before_rule or tables_printed = 0 or tables_printed >= tables_needed
                then 'not_applicable'
            else 'insufficient_data'
        end as outcome,
        null as stated_yuan,
        null as computed_yuan,
        null as gap_yuan,
        null as tolerance_yuan,
        null as excess_fen,
        cast(null as string) as stated_text,
        cast(null as string) as computed_text,
        cast(null as string) as stated_source,
        cast(null as string) as computed_source,
        {%- for column in place_columns() %}
            cast(null as {{ 'integer' if column.endswith(('number', 'count')) else 'string' }})
                as {{ column }},
        {%- endfor %}
        case
            when is_before_rule then 'the rule does not hold for this fiscal year yet'
            when tables_printed < tables_needed
                then 'the document does not print all of: ' || needed_tables
            else 'nothing in the document falls under the rule'
        end as not_executed_reason
    from unchecked_rules
)

select
    judged.rule_code,
    judged.disclosure_id,
    judged.subject,
    rules.family,
    cast(judged.checked_count as integer) as checked_count,
    judged.outcome,
    rules.severity,
    cast(judged.stated_yuan as decimal(18, 2)) as stated_yuan,
    cast(judged.computed_yuan as decimal(18, 2)) as computed_yuan,
    cast(judged.gap_yuan as decimal(18, 2)) as gap_yuan,
    cast(judged.tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
    cast(judged.excess_fen as bigint) as excess_fen,
    judged.stated_text,
    judged.computed_text,
    judged.stated_source,
    judged.computed_source,
    {%- for column in place_columns() %}
        judged.{{ column }},
    {%- endfor %}
    known_findings.reason as known_finding_reason,
    known_findings.reason_zh as known_finding_reason_zh,
    judged.not_executed_reason,
    disclosures.is_counted
from judged
inner join {{ ref('reconciliation_rules') }} as rules
    on judged.rule_code = rules.rule_code
inner join {{ ref('dim_disclosures') }} as disclosures
    on judged.disclosure_id = disclosures.disclosure_id
left join {{ ref('known_findings') }} as known_findings
    on
        judged.rule_code = known_findings.rule_code
        and judged.disclosure_id = known_findings.disclosure_id
        and judged.subject = known_findings.subject
        and judged.outcome in ('fail', 'hint')
