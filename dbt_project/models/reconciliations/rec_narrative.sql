-- One row per rule of the family narrative, disclosure and subject checked.
with claims_of_prose as (
    select
        *,
        {{ claim_subject() }} as subject,
        'narrative_claims ' || source_ref as place
    from {{ ref('fct_narrative_claims') }}
),

-- A total of the prose is its table's, and so is the amount that opens an account's paragraph;
-- what the sentence then plans is NT-25's matter.
claims_and_tables as (
    select
        rule_code,
        disclosure_id,
        subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        case when unit = printed_unit then 0 else greatest(half_unit, printed_half_unit) end
            as tolerance_yuan,
        true as is_equality,
        amount_text as stated_text,
        place as stated_source,
        printed_place as computed_source
    from {{ ref('rec_claims') }}
    where amount_yuan is not null and claim_number = coalesce(heading_number, claim_number)
),

listed_claims as (
    select *
    from {{ ref('rec_claims') }}
    where rule_code = 'NT-05' and claim_number = heading_number and amount_yuan is not null
),

-- Where a class is listed and its items too, only the items add up.
listed_codes as (
    select
        disclosure_id,
        account_code
    from listed_claims
    where account_code is not null
    group by all
),

listed_parents as (
    select
        parents.disclosure_id,
        parents.account_code
    from listed_codes as parents
    inner join listed_codes as children
        on
            parents.disclosure_id = children.disclosure_id
            and length(parents.account_code) < length(children.account_code)
            and parents.account_code
            = substr(children.account_code, 1, length(parents.account_code))
    group by all
),

listed_sums as (
    select
        listed_claims.disclosure_id,
        sum(listed_claims.amount_yuan) as listed_yuan,
        min(listed_claims.half_unit) as half_unit,
        count(*) as accounts_listed,
        min(listed_claims.place) as place
    from listed_claims
    left join listed_parents
        on
            listed_claims.disclosure_id = listed_parents.disclosure_id
            and listed_claims.account_code = listed_parents.account_code
    where listed_parents.account_code is null
    group by all
),

listed_totals as (
    select
        disclosure_id,
        min_by(amount_yuan, claim_number) as amount_yuan,
        min_by(half_unit, claim_number) as half_unit,
        min_by(amount_text || unit, claim_number) as amount_text,
        min_by(place, claim_number) as place
    from claims_of_prose
    where measure = 'fiscal_appropriation_expenditure' and amount_yuan is not null
    group by all
),

-- A list of less than nine tenths of the whole is a selection, and need not add up.
list_and_total as (
    select
        'NT-06' as rule_code,
        listed_sums.disclosure_id,
        'sum of the accounts listed' as subject,
        listed_totals.amount_yuan as stated_yuan,
        case
            when listed_sums.listed_yuan * 10 >= {{ wide_yuan('listed_totals.amount_yuan') }} * 9
                then listed_sums.listed_yuan
        end as computed_yuan,
        greatest(listed_sums.half_unit, listed_totals.half_unit)
        + listed_sums.half_unit * listed_sums.accounts_listed as tolerance_yuan,
        true as is_equality,
        listed_totals.amount_text as stated_text,
        listed_totals.place as stated_source,
        listed_sums.place as computed_source
    from listed_sums
    inner join listed_totals
        on listed_sums.disclosure_id = listed_totals.disclosure_id
),

-- What the prose should list: the leaves of the tables by fund.
leaves as (
    select
        amounts.disclosure_id,
        amounts.account_code,
        min(amounts.account_name) as account_name,
        sum(amounts.amount_yuan) as amount_yuan,
        min(amounts.table_name || ' ' || amounts.source_ref) as place
    from {{ ref('fct_published_amounts') }} as amounts
    inner join listed_sums
        on amounts.disclosure_id = listed_sums.disclosure_id
    where
        amounts.table_name in (
            'general_public_budget_by_function',
            'government_funds_by_function',
            'state_capital_by_function'
        )
        and amounts.measure = 'total'
        and amounts.row_role = 'leaf'
        and amounts.account_code is not null
        and amounts.amount_yuan > 0
    group by all
),

covered_leaves as (
    select
        leaves.disclosure_id,
        leaves.account_code,
        count(listed_codes.account_code) > 0 as is_listed
    from leaves
    left join listed_codes
        on
            leaves.disclosure_id = listed_codes.disclosure_id
            and listed_codes.account_code in (
                substr(leaves.account_code, 1, 3),
                substr(leaves.account_code, 1, 5),
                leaves.account_code
            )
    group by all
),

-- Listed under a name that the tables do not have: the amount shows which account is meant.
misnamed_leaves as (
    select
        leaves.disclosure_id,
        leaves.account_code
    from leaves
    inner join listed_claims
        on
            leaves.disclosure_id = listed_claims.disclosure_id
            and listed_claims.account_code is null
    where abs(leaves.amount_yuan - listed_claims.amount_yuan) <= listed_claims.half_unit
    group by all
),

lists_of_accounts as (
    select
        leaves.disclosure_id,
        sum(case when covered_leaves.is_listed then leaves.amount_yuan else 0 end) * 10
        >= sum(leaves.amount_yuan) * 9 as is_complete
    from leaves
    inner join covered_leaves
        on
            leaves.disclosure_id = covered_leaves.disclosure_id
            and leaves.account_code = covered_leaves.account_code
    group by all
),

accounts_listed as (
    select
        'NT-06' as rule_code,
        leaves.disclosure_id,
        'account ' || leaves.account_code as subject,
        case
            when covered_leaves.is_listed or misnamed_leaves.account_code is not null then false
            when lists_of_accounts.is_complete then true
        end as is_broken,
        leaves.amount_yuan as stated_yuan,
        leaves.account_name as stated_text,
        'a paragraph of the prose' as computed_text,
        leaves.place as stated_source
    from leaves
    inner join covered_leaves
        on
            leaves.disclosure_id = covered_leaves.disclosure_id
            and leaves.account_code = covered_leaves.account_code
    inner join lists_of_accounts
        on leaves.disclosure_id = lists_of_accounts.disclosure_id
    left join misnamed_leaves
        on
            leaves.disclosure_id = misnamed_leaves.disclosure_id
            and leaves.account_code = misnamed_leaves.account_code
    union all
    select
        'NT-06' as rule_code,
        disclosure_id,
        subject,
        case when not is_ambiguous then account_code is null and amount_yuan > 0 end as is_broken,
        amount_yuan as stated_yuan,
        account_name as stated_text,
        'an account that the tables name' as computed_text,
        place as stated_source
    from listed_claims
    where disclosure_id in (select leaves.disclosure_id from leaves)
),

numbered_claims as (
    select
        disclosure_id,
        measure,
        account_name,
        cast(ordinal as integer) as ordinal,
        place
    from claims_of_prose
    where {{ matches('ordinal', '[0-9]{1,3}') }}
),

ordinals as (
    select
        disclosure_id,
        measure,
        ordinal,
        count(distinct coalesce(account_name, '')) as accounts,
        min(place) as place
    from numbered_claims
    group by all
),

-- Two lists each begin with 1; within one list no number comes twice and none is left out.
numbers_of_lists as (
    select
        ordinals.disclosure_id,
        ordinals.measure,
        min(case when ordinals.ordinal > 1 and earlier.ordinal is null then ordinals.ordinal end)
            as after_gap,
        min(case when ordinals.accounts > 1 then ordinals.ordinal end) as repeated_ordinal,
        max(case when ordinals.ordinal = 1 then ordinals.accounts end) as lists,
        min(ordinals.ordinal) as first_ordinal,
        max(ordinals.ordinal) as last_ordinal,
        count(*) as numbers,
        min_by(
            ordinals.place,
            case
                when
                    (ordinals.ordinal > 1 and earlier.ordinal is null) or ordinals.accounts > 1
                    then ordinals.ordinal
                else ordinals.ordinal + 1000
            end
        ) as place
    from ordinals
    left join ordinals as earlier
        on
            ordinals.disclosure_id = earlier.disclosure_id
            and ordinals.measure = earlier.measure
            and ordinals.ordinal = earlier.ordinal + 1
    group by all
),

numbers_contiguous as (
    select
        'NT-07' as rule_code,
        disclosure_id,
        measure || ' list' as subject,
        after_gap is not null or (lists = 1 and repeated_ordinal is not null) as is_broken,
        null as stated_yuan,
        cast(numbers as string)
        || ' numbers from '
        || cast(first_ordinal as string)
        || ' to '
        || cast(last_ordinal as string) as stated_text,
        case
            when after_gap is not null then 'a number ' || cast(after_gap - 1 as string)
            when repeated_ordinal is not null
                then 'one account numbered ' || cast(repeated_ordinal as string)
        end as computed_text,
        place as stated_source
    from numbers_of_lists
),

-- Beside 7.80 a 0 is 0.00: the finest figure tells how far they were rounded.
procurement as (
    select
        disclosure_id,
        max(case measure when 'procurement_total' then amount_yuan end) as total_yuan,
        sum(
            case
                when
                    measure in (
                        'procurement_goods', 'procurement_works', 'procurement_services'
                    )
                    then amount_yuan
            end
        ) as parts_yuan,
        count(
            case
                when
                    measure in (
                        'procurement_goods', 'procurement_works', 'procurement_services'
                    )
                    then amount_yuan
            end
        ) as parts,
        min(half_unit) as half_unit,
        min(case measure when 'procurement_total' then amount_text || unit end) as total_text,
        min(case measure when 'procurement_total' then place end) as total_place,
        min(case measure when 'procurement_goods' then place end) as parts_place
    from claims_of_prose
    where measure like 'procurement_%'
    group by all
),

-- A part that is not stated may make up what is missing, never what is too much.
procurement_adds_up as (
    select
        'NT-14' as rule_code,
        disclosure_id,
        'procurement_total' as subject,
        total_yuan as stated_yuan,
        case when parts = 3 or parts_yuan > total_yuan then parts_yuan end as computed_yuan,
        half_unit * (parts + 1) as tolerance_yuan,
        true as is_equality,
        total_text as stated_text,
        total_place as stated_source,
        parts_place as computed_source
    from procurement
    where total_yuan is not null and parts > 0
),

reserves as (
    select
        'NT-15' as rule_code,
        parts.disclosure_id,
        parts.measure as subject,
        max(wholes.amount_yuan) as stated_yuan,
        max(parts.amount_yuan) as computed_yuan,
        0 as tolerance_yuan,
        false as is_equality,
        min(wholes.amount_text || wholes.unit) as stated_text,
        min(wholes.place) as stated_source,
        min(parts.place) as computed_source
    from claims_of_prose as parts
    inner join claims_of_prose as wholes
        on
            parts.disclosure_id = wholes.disclosure_id
            and case parts.measure
                when 'sme_reserved' then 'procurement_total'
                when 'small_micro_reserved' then 'sme_reserved'
            end = wholes.measure
    where parts.amount_yuan is not null and wholes.amount_yuan is not null
    group by parts.disclosure_id, parts.measure
),

forms as (
    select
        disclosure_id,
        count(*) as forms,
        sum(annual_yuan) as annual_yuan,
        min('projects ' || source_ref) as place
    from {{ ref('fct_projects') }}
    group by all
),

-- A total that stands in two rows is one total.
project_expenditures as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan,
        min(table_name || ' ' || source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'expenditure_by_function'
        and measure = 'project'
        and row_role = 'total'
    group by all
),

-- Without forms only the project expenditure is left to compare with: more than that cannot be, and
-- all but a hundredth of it is meant to be all; less may be a part of the projects.
performance_amounts as (
    select
        'NT-16' as rule_code,
        claims.disclosure_id,
        {{ told_apart(
            'claims.measure', "'claim ' || cast(claims.claim_number as string)", 'claims.disclosure_id'
        ) }} as subject,
        claims.amount_yuan as stated_yuan,
        case
            when forms.annual_yuan is not null then forms.annual_yuan
            when
                {{ wide_yuan('claims.amount_yuan') }} * 100
                >= project_expenditures.amount_yuan * 99
                then project_expenditures.amount_yuan
        end as computed_yuan,
        claims.half_unit as tolerance_yuan,
        true as is_equality,
        claims.amount_text || claims.unit as stated_text,
        claims.place as stated_source,
        coalesce(forms.place, project_expenditures.place) as computed_source
    from claims_of_prose as claims
    left join forms
        on claims.disclosure_id = forms.disclosure_id
    left join project_expenditures
        on claims.disclosure_id = project_expenditures.disclosure_id
    where claims.measure = 'performance_project_amount' and claims.amount_yuan is not null
),

performance_counts as (
    select
        'NT-16' as rule_code,
        statements.disclosure_id,
        'performance_project_count' as subject,
        case when forms.forms is not null then max(statements.numeric_value) <> forms.forms end
            as is_broken,
        null as stated_yuan,
        min(statements.value_text) || ' projects' as stated_text,
        cast(forms.forms as string) || ' forms' as computed_text,
        min('statements ' || statements.source_ref) as stated_source
    from {{ ref('fct_statements') }} as statements
    left join forms
        on statements.disclosure_id = forms.disclosure_id
    where statements.subject = 'performance_project_count' and statements.numeric_value is not null
    group by statements.disclosure_id, forms.forms
),

performance_years as (
    select
        'NT-17' as rule_code,
        disclosure_id,
        'performance_fiscal_year ' || cast(statement_number as string) as subject,
        numeric_value <> fiscal_year as is_broken,
        null as stated_yuan,
        value_text as stated_text,
        cast(fiscal_year as string) as computed_text,
        'statements ' || source_ref as stated_source
    from {{ ref('fct_statements') }}
    where subject = 'performance_fiscal_year'
),

vehicles_agree as (
    select
        'NT-19' as rule_code,
        disclosure_id,
        'vehicles_kept' as subject,
        min(numeric_value) <> max(numeric_value) as is_broken,
        null as stated_yuan,
        min_by(value_text, statement_number) as stated_text,
        max_by(value_text, statement_number) as computed_text,
        min_by('statements ' || source_ref, statement_number) as stated_source
    from {{ ref('fct_statements') }}
    where subject = 'vehicles_kept' and numeric_value is not null
    group by disclosure_id
    having count(*) > 1
),

state_capital_amounts as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan
    from {{ ref('fct_published_amounts') }}
    where
        measure = 'state_capital'
        or line = 'state_capital'
        or (table_name = 'state_capital_by_function' and measure = 'total')
    group by all
),

state_capital_statements as (
    select
        'NT-20' as rule_code,
        statements.disclosure_id,
        'state_capital_statement ' || cast(statements.statement_number as string) as subject,
        coalesce(state_capital_amounts.amount_yuan, 0) > 0 as is_broken,
        state_capital_amounts.amount_yuan as stated_yuan,
        statements.value_text as stated_text,
        'no amount of state capital in the tables' as computed_text,
        'statements ' || statements.source_ref as stated_source
    from {{ ref('fct_statements') }} as statements
    left join state_capital_amounts
        on statements.disclosure_id = state_capital_amounts.disclosure_id
    where
        statements.subject = 'state_capital_statement'
        and {{ matches('statements.value_text', '.*(无|没有|未安排|不涉及).*') }}
),

indicators_stated_twice as (
    select
        'NT-23' as rule_code,
        disclosure_id,
        measure as subject,
        min_by(amount_yuan, claim_number) as stated_yuan,
        case
            when max(amount_yuan) <> min_by(amount_yuan, claim_number) then max(amount_yuan)
            else min(amount_yuan)
        end as computed_yuan,
        case when min(half_unit) = max(half_unit) then 0 else max(half_unit) end as tolerance_yuan,
        true as is_equality,
        min_by(amount_text || unit, claim_number) as stated_text,
        min_by(place, claim_number) as stated_source,
        max_by(place, claim_number) as computed_source
    from claims_of_prose
    where measure <> 'function_item' and amount_yuan is not null
    group by disclosure_id, measure
    having count(*) > 1
),

headings_and_plans as (
    select
        'NT-25' as rule_code,
        plans.disclosure_id,
        claims.subject,
        headings.amount_yuan as stated_yuan,
        plans.amount_yuan as computed_yuan,
        case
            when headings.half_unit = plans.half_unit then 0
            else greatest(headings.half_unit, plans.half_unit)
        end as tolerance_yuan,
        true as is_equality,
        headings.amount_text || headings.unit || ' planned ' || plans.amount_text || plans.unit
            as stated_text,
        headings.place as stated_source,
        plans.place as computed_source
    from {{ ref('rec_claims') }} as claims
    inner join claims_of_prose as headings
        on
            claims.disclosure_id = headings.disclosure_id
            and claims.heading_number = headings.claim_number
    inner join claims_of_prose as plans
        on
            claims.disclosure_id = plans.disclosure_id
            and claims.claim_number = plans.claim_number
    where
        claims.claim_number <> claims.heading_number
        and headings.amount_yuan is not null
        and plans.amount_yuan is not null
),

statements as (
    {{ united([
        'accounts_listed',
        'numbers_contiguous',
        'performance_counts',
        'performance_years',
        'vehicles_agree',
        'state_capital_statements',
    ]) }}
),

claims as (
    {{ united([
        'claims_and_tables',
        'reserves',
        'performance_amounts',
        'indicators_stated_twice',
        'headings_and_plans',
    ]) }}
),

-- Totals of rounded figures.
sums as (
    {{ united(['list_and_total', 'procurement_adds_up']) }}
)

select * from {{ ref('rec_stated_changes') }}
union all
{{ legacy_statements('statements') }}
union all
{{ legacy_claims('claims') }}
union all
{{ legacy_claims('sums', within_tolerance='hint') }}
