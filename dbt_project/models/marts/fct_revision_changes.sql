-- One row per figure or text that a revision prints otherwise than the revision before it.
-- More than 150 lines: two revisions are compared in each of five facts.
{%- set claim_texts = {
    'amount': ['amount_text', 'amount_yuan'],
    'base_amount': ['base_amount_text', 'base_amount_yuan'],
    'direction': ['direction_text', 'cast(null as decimal(18, 2))'],
    'change': ['change_text', 'change_yuan'],
    'change_percent': ['change_percent_text', 'cast(null as decimal(18, 2))'],
} %}
with publications as (
    select
        *,
        row_number() over (
            partition by organization_id, fiscal_year, stage, scope
            order by revision asc, disclosure_id desc
        ) as publication
    from {{ ref('int_disclosures') }}
),

revisions as (
    select
        later.disclosure_id,
        earlier.disclosure_id as replaced_disclosure_id,
        later.organization_id,
        later.fiscal_year,
        later.stage,
        later.revision,
        later.is_counted
    from publications as later
    inner join publications as earlier
        on
            later.organization_id = earlier.organization_id
            and later.fiscal_year = earlier.fiscal_year
            and later.stage = earlier.stage
            and later.scope = earlier.scope
            and later.publication = earlier.publication + 1
),

revised_disclosures as (
    select disclosure_id
    from revisions
    union
    select replaced_disclosure_id as disclosure_id
    from revisions
),

amounts as (
    select amounts.*
    from {{ ref('fct_published_amounts') }} as amounts
    inner join revised_disclosures
        on amounts.disclosure_id = revised_disclosures.disclosure_id
),

printed_values as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        -- A project is known by its name: its number changes as soon as another one is left out.
        coalesce(projects.project_name, concat_ws(' ', amounts.side, amounts.row_key)) as line_key,
        amounts.account_name,
        amounts.measure,
        amounts.printed_text,
        amounts.amount_yuan,
        amounts.source_ref
    from amounts
    left join {{ ref('fct_projects') }} as projects
        on
            amounts.table_name = 'projects'
            and amounts.disclosure_id = projects.disclosure_id
            and amounts.row_number = projects.project_number
    union all
    select
        disclosure_id,
        table_name,
        row_number,
        row_key as line_key,
        account_name,
        'name' as measure,
        account_name as printed_text,
        cast(null as decimal(18, 2)) as amount_yuan,
        source_ref
    from amounts
    where account_code is not null and measure = 'total'
    {%- for measure, texts in claim_texts.items() %}
        union all
        select
            claims.disclosure_id,
            'narrative_claims' as table_name,
            claims.claim_number as row_number,
            concat_ws(' ', claims.measure, claims.account_name, claims.base_year) as line_key,
            claims.account_name,
            '{{ measure }}' as measure,
            claims.{{ texts[0] }} as printed_text,
            {{ 'claims.' ~ texts[1] if texts[1].endswith('_yuan') else texts[1] }} as amount_yuan,
            claims.source_ref
        from {{ ref('fct_narrative_claims') }} as claims
        inner join revised_disclosures
            on claims.disclosure_id = revised_disclosures.disclosure_id
    {%- endfor %}
    union all
    select
        statements.disclosure_id,
        'statements' as table_name,
        statements.statement_number as row_number,
        statements.subject as line_key,
        cast(null as string) as account_name,
        'value' as measure,
        statements.value_text as printed_text,
        cast(null as decimal(18, 2)) as amount_yuan,
        statements.source_ref
    from {{ ref('fct_statements') }} as statements
    inner join revised_disclosures
        on statements.disclosure_id = revised_disclosures.disclosure_id
    union all
    select
        targets.disclosure_id,
        'performance_targets' as table_name,
        targets.indicator_number as row_number,
        concat_ws(' ', targets.project_name, targets.indicator_name) as line_key,
        cast(null as string) as account_name,
        'target' as measure,
        targets.target_text as printed_text,
        cast(null as decimal(18, 2)) as amount_yuan,
        targets.source_ref
    from {{ ref('fct_performance_targets') }} as targets
    inner join revised_disclosures
        on targets.disclosure_id = revised_disclosures.disclosure_id
),

-- A line printed twice is compared with its first and second print.
lines as (
    select
        *,
        row_number() over (
            partition by disclosure_id, table_name, line_key, measure
            order by row_number
        ) as occurrence
    from printed_values
    where coalesce(printed_text, '') <> ''
),

-- A table of which one of the two holds nothing may not have been read: no amount is taken for nil.
tables_of_both as (
    select
        revisions.disclosure_id,
        lines.table_name
    from revisions
    inner join lines
        on lines.disclosure_id in (revisions.disclosure_id, revisions.replaced_disclosure_id)
    group by revisions.disclosure_id, lines.table_name
    having count(distinct lines.disclosure_id) = 2
),

replaced_lines as (
    select
        revisions.disclosure_id as later_disclosure_id,
        lines.*
    from revisions
    inner join lines
        on revisions.replaced_disclosure_id = lines.disclosure_id
),

later_lines as (
    select lines.*
    from revisions
    inner join lines
        on revisions.disclosure_id = lines.disclosure_id
),

compared_lines as (
    select
        coalesce(later_lines.disclosure_id, replaced_lines.later_disclosure_id) as disclosure_id,
        coalesce(later_lines.table_name, replaced_lines.table_name) as table_name,
        coalesce(later_lines.line_key, replaced_lines.line_key) as line_key,
        coalesce(later_lines.occurrence, replaced_lines.occurrence) as occurrence,
        coalesce(later_lines.account_name, replaced_lines.account_name) as account_name,
        coalesce(later_lines.measure, replaced_lines.measure) as measure,
        case
            when replaced_lines.later_disclosure_id is null then 'added'
            when later_lines.disclosure_id is null then 'removed'
            when later_lines.amount_yuan = replaced_lines.amount_yuan then 'retyped'
            else 'changed'
        end as revision_kind,
        replaced_lines.printed_text as replaced_text,
        later_lines.printed_text,
        replaced_lines.amount_yuan as replaced_yuan,
        later_lines.amount_yuan,
        replaced_lines.source_ref as replaced_source_ref,
        later_lines.source_ref
    from later_lines
    full join replaced_lines
        on
            later_lines.disclosure_id = replaced_lines.later_disclosure_id
            and later_lines.table_name = replaced_lines.table_name
            and later_lines.line_key = replaced_lines.line_key
            and later_lines.measure = replaced_lines.measure
            and later_lines.occurrence = replaced_lines.occurrence
)

select
    compared_lines.disclosure_id,
    revisions.replaced_disclosure_id,
    revisions.organization_id,
    revisions.fiscal_year,
    revisions.stage,
    revisions.revision,
    compared_lines.table_name,
    compared_lines.line_key,
    cast(compared_lines.occurrence as integer) as occurrence,
    compared_lines.account_name,
    compared_lines.measure,
    compared_lines.revision_kind,
    compared_lines.replaced_text,
    compared_lines.printed_text,
    compared_lines.replaced_yuan,
    compared_lines.amount_yuan,
    case
        when tables_of_both.table_name is not null
            then try_cast(
                coalesce(compared_lines.amount_yuan, 0) - coalesce(compared_lines.replaced_yuan, 0)
                as decimal(18, 2)
            )
    end as change_yuan,
    compared_lines.replaced_source_ref,
    compared_lines.source_ref,
    revisions.is_counted
from compared_lines
inner join revisions
    on compared_lines.disclosure_id = revisions.disclosure_id
left join tables_of_both
    on
        compared_lines.disclosure_id = tables_of_both.disclosure_id
        and compared_lines.table_name = tables_of_both.table_name
where
    compared_lines.revision_kind in ('added', 'removed')
    or compared_lines.printed_text <> compared_lines.replaced_text
