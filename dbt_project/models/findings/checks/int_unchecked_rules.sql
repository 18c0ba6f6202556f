-- One row per rule and disclosure in which the rule found nothing to check, with the reason.
-- More than 150 lines: each reason is told by another list.
with checks as (
    {%- for relation in ['compared_amounts'] + rule_families() %}
        select
            rule_code,
            disclosure_id
        from {{ ref('int_checks_of_' ~ relation) }}
        {{ 'union' if not loop.last }}
    {%- endfor %}
),

unfit_tables as (
    select distinct
        rules.rule_code,
        tables.disclosure_id
    from {{ ref('int_unfit_tables') }} as tables
    inner join {{ ref('reconciliation_rules') }} as rules
        on tables.is_half_read or not ({{ is_judged_form('tables', 'rules') }})
    where rules.needed_tables = 'any'
),

-- The rules that had nothing to check in a disclosure, or cannot judge it.
unchecks as (
    select
        rules.rule_code,
        disclosures.disclosure_id,
        barred_rules.outcome as barred_outcome,
        barred_rules.coded_reason as barred_reason,
        documents_not_loaded.coded_reason as not_loaded_reason,
        -- A rule on any table asks nothing of those that rules cannot judge.
        unfit_tables.disclosure_id is not null as leaves_tables_out,
        disclosures.fiscal_year < cast(rules.from_fiscal_year as integer) as is_before_rule,
        disclosures.reading,
        rules.needed_tables
    from {{ ref('reconciliation_rules') }} as rules
    cross join {{ ref('dim_disclosures') }} as disclosures
    left join checks
        on
            rules.rule_code = checks.rule_code
            and disclosures.disclosure_id = checks.disclosure_id
    left join {{ ref('int_barred_rules') }} as barred_rules
        on
            rules.rule_code = barred_rules.rule_code
            and disclosures.disclosure_id = barred_rules.disclosure_id
    left join {{ ref('int_documents_not_loaded') }} as documents_not_loaded
        on
            rules.rule_code = documents_not_loaded.rule_code
            and disclosures.disclosure_id = documents_not_loaded.disclosure_id
            and documents_not_loaded.falls_on_every_document
    left join unfit_tables
        on
            disclosures.disclosure_id = unfit_tables.disclosure_id
            and rules.rule_code = unfit_tables.rule_code
    where checks.rule_code is null or barred_rules.rule_code is not null
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
        'performance_targets' as table_name
    from {{ ref('fct_performance_targets') }}
    union
    select
        disclosure_id,
        'tables' as table_name
    from {{ ref('fct_published_tables') }}
),

-- Tables that no document prints are needed as well.
table_names as (
    select table_name
    from printed_tables
    union
    select table_name
    from {{ ref('int_table_titles') }}
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

-- A document that says that no project has targets prints no form.
without_projects as (
    select disclosure_id
    from {{ ref('fct_statements') }}
    where subject = 'performance_project_count' and numeric_value is not null
    group by disclosure_id
    having max(numeric_value) = 0
),

-- Subjects that were understood in the prose: the formulas of the rules that judge them name them.
sentences as (
    select
        disclosure_id,
        measure as subject
    from {{ ref('fct_narrative_claims') }}
    union
    select
        disclosure_id,
        subject
    from {{ ref('fct_statements') }}
),

subjects as (
    select distinct subject
    from sentences
    where subject like '%!_%' escape '!'
),

named_subjects as (
    select distinct
        rules.rule_code,
        subjects.subject
    from {{ ref('reconciliation_rules') }} as rules
    inner join subjects
        on
            ' ' || {{ replaced('rules.formula', '[^a-z_]+', ' ') }} || ' '
            like '% ' || subjects.subject || ' %'
),

understood_rules as (
    select distinct
        named_subjects.rule_code,
        sentences.disclosure_id
    from named_subjects
    inner join sentences
        on named_subjects.subject = sentences.subject
),

-- The tables that such a rule needs and that were found in the document.
unchecked_rules as (
    select
        unchecks.rule_code,
        unchecks.disclosure_id,
        unchecks.is_before_rule,
        unchecks.barred_outcome,
        unchecks.barred_reason,
        unchecks.not_loaded_reason,
        unchecks.leaves_tables_out,
        unchecks.needed_tables,
        -- Of a sentence that was not understood nobody can say that it is not there.
        unchecks.needed_tables like '%narrative_claims%'
        or unchecks.needed_tables like '%statements%' as is_of_prose,
        max(understood_rules.rule_code is not null) as is_understood,
        count(printed_tables.table_name) as tables_printed,
        replace(
            {{ joined(
                'case when printed_tables.table_name is null then needed_tables.table_name end'
            ) }},
            '|',
            ' '
        ) as tables_missing,
        length(unchecks.needed_tables)
        - length(replace(unchecks.needed_tables, ' ', ''))
        + 1 as tables_needed,
        count(
            case
                when
                    printed_tables.table_name is null
                    and needed_tables.table_name in ('projects', 'performance_targets')
                    and unchecks.needed_tables <> 'any'
                    then 1
            end
        ) > 0 as lacks_forms,
        max(without_projects.disclosure_id) is not null
        and coalesce(unchecks.barred_outcome, '') <> 'not_applicable' as says_no_projects,
        max(coalesce(unchecks.reading, '') = 'reviewed') as is_reviewed
    from unchecks
    left join without_projects
        on unchecks.disclosure_id = without_projects.disclosure_id
    left join needed_tables
        on unchecks.rule_code = needed_tables.rule_code
    left join printed_tables
        on
            unchecks.disclosure_id = printed_tables.disclosure_id
            and needed_tables.table_name = printed_tables.table_name
    left join understood_rules
        on
            unchecks.rule_code = understood_rules.rule_code
            and unchecks.disclosure_id = understood_rules.disclosure_id
    group by
        unchecks.rule_code,
        unchecks.disclosure_id,
        unchecks.is_before_rule,
        unchecks.barred_outcome,
        unchecks.barred_reason,
        unchecks.not_loaded_reason,
        unchecks.leaves_tables_out,
        unchecks.needed_tables
)

select
    rule_code,
    disclosure_id,
    case
        when is_before_rule or (lacks_forms and says_no_projects) then 'not_applicable'
        when barred_outcome is not null then barred_outcome
        -- Forms of projects are of any shape: those that were not found may well be printed.
        when tables_printed = 0 and lacks_forms and not is_reviewed then 'insufficient_data'
        when tables_printed = 0 then 'not_applicable'
        when
            tables_printed >= tables_needed
            and not_loaded_reason is null
            and not leaves_tables_out
            and not is_of_prose
            then 'not_applicable'
        else 'insufficient_data'
    end as outcome,
    case
        when is_before_rule then {{ said('before_rule') }}
        when lacks_forms and says_no_projects then {{ said('no_projects_stated') }}
        when barred_reason is not null then barred_reason
        when tables_printed < tables_needed and needed_tables = 'any'
            then {{ said('no_table_found') }}
        when tables_printed < tables_needed
            then {{ said('tables_not_printed', ['tables_missing']) }}
        when not_loaded_reason is not null then not_loaded_reason
        when leaves_tables_out then {{ said('tables_left_out') }}
        when is_of_prose and is_understood then {{ said('one_side_missing') }}
        when is_of_prose then {{ said('no_sentence_understood') }}
        else {{ said('nothing_falls_under_rule') }}
    end as coded_reason
from unchecked_rules
