-- One row per figure stated in the prose and rule, with the printed amount that it repeats.
{{ config(materialized='table') }}
with first_of_paragraphs as (

{%- set by_function = [
    'general_public_budget_by_function',
    'government_funds_by_function',
    'state_capital_by_function',
] %}
{%- set repeated_totals = [
    ('NT-01', 'total_expenditure', 'expenditure_by_function', 'total', none),
    ('NT-02', 'fiscal_appropriation_expenditure', 'fiscal_appropriation_summary', 'total', 'total'),
    ('NT-03', 'general_public_budget_expenditure', by_function[0], 'total', none),
    ('NT-04', 'government_funds_expenditure', by_function[1], 'total', none),
    ('NT-20', 'state_capital_expenditure', by_function[2], 'total', none),
    ('NT-08', 'total_revenue', 'revenue_expenditure_summary', 'amount', 'total'),
    ('NT-08', 'total_expenditure', 'revenue_expenditure_summary', 'amount', 'total'),
    (
        'NT-08',
        'fiscal_appropriation_revenue',
        'revenue_expenditure_summary',
        'amount',
        'fiscal_appropriation',
    ),
    (
        'NT-08',
        'institution_revenue',
        'revenue_expenditure_summary',
        'amount',
        'institution_revenue',
    ),
    ('NT-08', 'business_revenue', 'revenue_expenditure_summary', 'amount', 'business_revenue'),
    ('NT-08', 'other_revenue', 'revenue_expenditure_summary', 'amount', 'other_revenue'),
] %}
{%- set tables_by_fund %}
(
    '{{ by_function | join("',\n    '") }}'
)
{%- endset %}
with repeated_totals as (
    {%- for rule_code, claimed, table_name, measure, line in repeated_totals %}
        select
            '{{ rule_code }}' as rule_code,
            '{{ claimed }}' as claimed,
            '{{ table_name }}' as table_name,
            '{{ measure }}' as measure,
            {%- if line %}
                '{{ line }}' as line,
                '{{ "revenue" if claimed.endswith("revenue") else "expenditure" }}' as side
            {%- else %}
                cast(null as string) as line,
                cast(null as string) as side
            {%- endif %}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

printed_totals as (
    select
        repeated_totals.rule_code,
        repeated_totals.claimed as measure,
        amounts.disclosure_id,
        case
            when not max({{ has_no_value('amounts') }}) then coalesce(sum(amounts.amount_yuan), 0)
        end as printed_yuan,
        max(amounts.half_unit) as printed_half_unit,
        min(amounts.unit) as printed_unit,
        min(concat_ws(' ', amounts.table_name, amounts.source_ref)) as printed_place,
        min(amounts.table_name) as printed_table_name,
        {{ first_row_number('amounts.row_number', 'amounts.source_ref') }} as printed_row_number,
        min(amounts.source_ref) as printed_source_ref
    from {{ ref('fct_published_amounts') }} as amounts
    inner join repeated_totals
        on
            amounts.table_name = repeated_totals.table_name
            and amounts.measure = repeated_totals.measure
    where
        amounts.row_role in ('leaf', 'subtotal', 'total')
        and case
            when repeated_totals.line is null then amounts.row_role = 'total'
            else amounts.line = repeated_totals.line and amounts.side = repeated_totals.side
        end
    group by repeated_totals.rule_code, repeated_totals.claimed, amounts.disclosure_id
    union all
    -- A table printed without any figure says that there is nothing.
    select
        repeated_totals.rule_code,
        repeated_totals.claimed as measure,
        tables.disclosure_id,
        0 as printed_yuan,
        0 as printed_half_unit,
        coalesce(tables.unit, '元') as printed_unit,
        concat_ws(' ', tables.table_name, tables.source_ref) as printed_place,
        tables.table_name as printed_table_name,
        cast(null as integer) as printed_row_number,
        tables.source_ref as printed_source_ref
    from {{ ref('fct_published_tables') }} as tables
    inner join repeated_totals
        on tables.table_name = repeated_totals.table_name
    left join {{ ref('fct_published_amounts') }} as amounts
        on
            tables.disclosure_id = amounts.disclosure_id
            and tables.table_name = amounts.table_name
            and amounts.row_role in ('leaf', 'subtotal', 'total')
    where
        tables.table_name in ('government_funds_by_function', 'state_capital_by_function')
        and amounts.table_name is null
),

printed_by_fund as (
    select disclosure_id
    from {{ ref('fct_published_amounts') }}
    where
        table_name in {{ tables_by_fund }}
        and measure = 'total'
        and account_code is not null
        and row_role in ('leaf', 'subtotal', 'total')
    group by all
),

-- What the prose lists is the appropriation: the tables by fund say it, T3 only in their absence.
accounts as (
    select
        amounts.disclosure_id,
        amounts.account_code,
        {{ comparable_name('min(amounts.account_name)') }} as account_name,
        min(amounts.level) as level,
        sum(amounts.amount_yuan) as printed_yuan,
        max(amounts.half_unit) as printed_half_unit,
        min(amounts.unit) as printed_unit,
        min(concat_ws(' ', amounts.table_name, amounts.source_ref)) as printed_place,
        min_by(amounts.table_name, concat_ws(' ', amounts.table_name, amounts.source_ref))
            as printed_table_name,
        {{ first_row_number(
            'amounts.row_number', "concat_ws(' ', amounts.table_name, amounts.source_ref)"
        ) }} as printed_row_number,
        min_by(amounts.source_ref, concat_ws(' ', amounts.table_name, amounts.source_ref))
            as printed_source_ref
    from {{ ref('fct_published_amounts') }} as amounts
    left join printed_by_fund
        on amounts.disclosure_id = printed_by_fund.disclosure_id
    where
        amounts.measure = 'total'
        and amounts.account_code is not null
        and amounts.row_role in ('leaf', 'subtotal', 'total')
        and (
            amounts.table_name in {{ tables_by_fund }}
            or (
                amounts.table_name = 'expenditure_by_function'
                and printed_by_fund.disclosure_id is null
            )
        )
    group by amounts.disclosure_id, amounts.account_code
),

accounts_in_tree as (
    select
        accounts.*,
        {{ replaced('accounts.account_name', '支出$', '') }} as short_name,
        classes.account_name as class_name,
        sections.account_name as section_name,
        case accounts.level
            when 'class' then accounts.account_name || '(类)'
            when 'section'
                then
                    concat_ws('(类)', classes.account_name, accounts.account_name) || '(款)'
            else
                concat_ws('(类)', classes.account_name, sections.account_name)
                || '(款)'
                || accounts.account_name
                || '(项)'
        end as path
    from accounts
    left join accounts as classes
        on
            accounts.disclosure_id = classes.disclosure_id
            and substr(accounts.account_code, 1, 3) = classes.account_code
    left join accounts as sections
        on
            accounts.disclosure_id = sections.disclosure_id
            and substr(accounts.account_code, 1, 5) = sections.account_code
),

-- An account is named alone (事业单位医疗) or by its way down the tree (…（类）…（款）…（项）).
named_accounts as (
    select
        disclosure_id,
        claim_number,
        {{ replaced(comparable_name('account_name'), '[0-9“”"]', '') }} as path
    from {{ ref('fct_narrative_claims') }}
    where measure = 'function_item'
),

named_levels as (
    select
        *,
        case
            when path like '%(项)' then 'item'
            when path like '%(款)' then 'section'
            when path like '%(类)' then 'class'
        end as level,
        {{ replaced(
            captured('path', '^(.*[(][类款][)])?([^()]+.*)$', 2), '(支出)?([(][类款项][)])?$', ''
        ) }} as short_name
    from named_accounts
),

candidates as (
    select
        named_levels.disclosure_id,
        named_levels.claim_number,
        accounts_in_tree.account_code,
        case
            when
                substr(
                    accounts_in_tree.path,
                    greatest(length(accounts_in_tree.path) - length(named_levels.path) + 1, 1)
                ) = named_levels.path
                then 1
            else 2
        end as preference
    from named_levels
    inner join accounts_in_tree
        on
            named_levels.disclosure_id = accounts_in_tree.disclosure_id
            and named_levels.short_name = accounts_in_tree.short_name
            and coalesce(named_levels.level, accounts_in_tree.level) = accounts_in_tree.level
    where
        named_levels.level is null
        or {{ replaced('named_levels.path', '^[^()]*[(][类款项][)]$', '') }} = ''
        or named_levels.path like '%' || accounts_in_tree.class_name || '%'
        or named_levels.path like '%' || accounts_in_tree.section_name || '%'
),

-- The same words name a section and its only item: then the item is meant, the line of spending.
ranked_candidates as (
    select
        disclosure_id,
        claim_number,
        preference,
        min(account_code) as account_code,
        count(*) as candidates,
        row_number() over (
            partition by disclosure_id, claim_number
            order by preference, length(account_code) desc
        ) as rank
    from candidates
    group by disclosure_id, claim_number, preference, length(account_code)
),

named_codes as (
    select
        disclosure_id,
        claim_number,
        candidates > 1 as is_ambiguous,
        case when candidates = 1 then account_code end as account_code
    from ranked_candidates
    where rank = 1
),

first_of_paragraphs as (
    select
        disclosure_id,
        coalesce(ordinal, '') as ordinal,
        account_name,
        min(claim_number) as claim_number
    from {{ ref('int_narrative_claims') }}
    where measure = 'function_item'
    group by disclosure_id, coalesce(ordinal, ''), account_name
),

repeated as (
    select
        totals.rule_code,
        claims.disclosure_id,
        claims.claim_number,
        cast(null as string) as account_code,
        false as is_ambiguous,
        cast(null as integer) as heading_number,
        totals.printed_yuan,
        totals.printed_half_unit,
        totals.printed_unit,
        totals.printed_place,
        {{ place_of('printed', 'totals') }}
    from {{ ref('int_narrative_claims') }} as claims
    inner join {{ ref('int_repeated_totals') }} as totals

        printed_totals.printed_yuan,
        printed_totals.printed_half_unit,
        printed_totals.printed_unit,
        printed_totals.printed_place,
        printed_totals.printed_table_name,
        printed_totals.printed_row_number,
        printed_totals.printed_source_ref
    from {{ ref('fct_narrative_claims') }} as claims
    inner join printed_totals
        on
            claims.disclosure_id = totals.disclosure_id
            and claims.measure = totals.measure
    union all
    select
        'NT-05' as rule_code,
        claims.disclosure_id,
        claims.claim_number,
        accounts.account_code,
        coalesce(accounts.is_ambiguous, false) as is_ambiguous,
        first_of_paragraphs.claim_number as heading_number,
        accounts.printed_yuan,
        accounts.printed_half_unit,
        accounts.printed_unit,
        accounts.printed_place,
        {{ place_of('printed', 'accounts') }}
    from {{ ref('int_narrative_claims') }} as claims

        accounts.printed_table_name,
        accounts.printed_row_number,
        accounts.printed_source_ref
    from {{ ref('fct_narrative_claims') }} as claims
    inner join first_of_paragraphs
        on
            claims.disclosure_id = first_of_paragraphs.disclosure_id
            and coalesce(claims.ordinal, '') = first_of_paragraphs.ordinal
            and claims.account_name = first_of_paragraphs.account_name
    left join {{ ref('int_named_accounts') }} as accounts
        on
            claims.disclosure_id = accounts.disclosure_id
            and claims.claim_number = accounts.claim_number
    where claims.measure = 'function_item'
)

select
    repeated.rule_code,
    claims.disclosure_id,
    claims.claim_number,
    claims.subject,
    claims.measure,
    claims.account_name,
    claims.ordinal,
    repeated.account_code,
    repeated.is_ambiguous,
    repeated.heading_number,
    claims.fiscal_year,
    claims.stage,
    claims.amount_yuan,
    claims.half_unit,
    claims.unit,
    concat_ws('', claims.amount_text, claims.unit) as amount_text,
    claims.base_year,
    claims.base_stage,
    'narrative_claims ' || claims.source_ref as place,
    {{ shown_yuan('repeated.printed_yuan') }} as printed_yuan,
    cast(repeated.printed_half_unit as decimal(18, 7)) as printed_half_unit,
    repeated.printed_unit,
    repeated.printed_place,
    claims.table_name,
    claims.row_number,

    'narrative_claims' as table_name,
    claims.claim_number as row_number,
    claims.source_ref,
    repeated.printed_table_name,
    repeated.printed_row_number,
    repeated.printed_source_ref
from repeated
inner join {{ ref('int_narrative_claims') }} as claims
    on
        repeated.disclosure_id = claims.disclosure_id
        and repeated.claim_number = claims.claim_number
