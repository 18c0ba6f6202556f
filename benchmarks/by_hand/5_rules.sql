-- One row per figure stated in the prose and rule, with the printed amount that it repeats.
create table working.rec_claims as
with amounts as (
    select
        *,
        concat_ws(' ', table_name, source_ref) as place
    from marts.fct_published_amounts
    where row_role <> 'stray'
),

printed_totals as (
        select
            'NT-01' as rule_code,
            'total_expenditure' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'expenditure_by_function'
            and measure = 'total'
                and row_role = 'total'
        group by disclosure_id
        union all
        select
            'NT-02' as rule_code,
            'fiscal_appropriation_expenditure' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'fiscal_appropriation_summary'
            and measure = 'total'
                and line = 'total'
                and side = 'expenditure'
        group by disclosure_id
        union all
        select
            'NT-03' as rule_code,
            'general_public_budget_expenditure' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'general_public_budget_by_function'
            and measure = 'total'
                and row_role = 'total'
        group by disclosure_id
        union all
        select
            'NT-04' as rule_code,
            'government_funds_expenditure' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'government_funds_by_function'
            and measure = 'total'
                and row_role = 'total'
        group by disclosure_id
        union all
        select
            'NT-20' as rule_code,
            'state_capital_expenditure' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'state_capital_by_function'
            and measure = 'total'
                and row_role = 'total'
        group by disclosure_id
        union all
        select
            'NT-08' as rule_code,
            'total_revenue' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'revenue_expenditure_summary'
            and measure = 'amount'
                and line = 'total'
                and side = 'revenue'
        group by disclosure_id
        union all
        select
            'NT-08' as rule_code,
            'total_expenditure' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'revenue_expenditure_summary'
            and measure = 'amount'
                and line = 'total'
                and side = 'expenditure'
        group by disclosure_id
        union all
        select
            'NT-08' as rule_code,
            'fiscal_appropriation_revenue' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'revenue_expenditure_summary'
            and measure = 'amount'
                and line = 'fiscal_appropriation'
                and side = 'revenue'
        group by disclosure_id
        union all
        select
            'NT-08' as rule_code,
            'institution_revenue' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'revenue_expenditure_summary'
            and measure = 'amount'
                and line = 'institution_revenue'
                and side = 'revenue'
        group by disclosure_id
        union all
        select
            'NT-08' as rule_code,
            'business_revenue' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'revenue_expenditure_summary'
            and measure = 'amount'
                and line = 'business_revenue'
                and side = 'revenue'
        group by disclosure_id
        union all
        select
            'NT-08' as rule_code,
            'other_revenue' as measure,
            disclosure_id,
            coalesce(sum(amount_yuan), 0) as printed_yuan,
            max(half_unit) as printed_half_unit,
            min(unit) as printed_unit,
            min(place) as printed_place
        from amounts
        where
            table_name = 'revenue_expenditure_summary'
            and measure = 'amount'
                and line = 'other_revenue'
                and side = 'revenue'
        group by disclosure_id
        union all
    -- A table printed without any figure says that there is nothing.
        select
            'NT-04' as rule_code,
            'government_funds_expenditure' as measure,
            tables.disclosure_id,
            0 as printed_yuan,
            0 as printed_half_unit,
            coalesce(tables.unit, '元') as printed_unit,
            concat_ws(' ', tables.table_name, tables.source_ref) as printed_place
        from marts.fct_published_tables as tables
        left join amounts
            on
                tables.disclosure_id = amounts.disclosure_id
                and tables.table_name = amounts.table_name
        where tables.table_name = 'government_funds_by_function' and amounts.table_name is null
        union all
        select
            'NT-20' as rule_code,
            'state_capital_expenditure' as measure,
            tables.disclosure_id,
            0 as printed_yuan,
            0 as printed_half_unit,
            coalesce(tables.unit, '元') as printed_unit,
            concat_ws(' ', tables.table_name, tables.source_ref) as printed_place
        from marts.fct_published_tables as tables
        left join amounts
            on
                tables.disclosure_id = amounts.disclosure_id
                and tables.table_name = amounts.table_name
        where tables.table_name = 'state_capital_by_function' and amounts.table_name is null

),

account_rows as (
    select
        *,
        table_name <> 'expenditure_by_function' as is_by_fund
    from amounts
    where
        measure = 'total'
        and account_code is not null
        and table_name in (
            'expenditure_by_function',
            'general_public_budget_by_function',
            'government_funds_by_function',
            'state_capital_by_function'
        )
),

printed_by_fund as (
    select disclosure_id
    from account_rows
    where is_by_fund
    group by all
),

-- What the prose lists is the appropriation: the tables by fund say it, T3 only in their absence.
accounts as (
    select
        account_rows.disclosure_id,
        account_rows.account_code,
        comparable_name(min(account_rows.account_name)) as account_name,
        min(account_rows.level) as level,
        sum(account_rows.amount_yuan) as printed_yuan,
        max(account_rows.half_unit) as printed_half_unit,
        min(account_rows.unit) as printed_unit,
        min(account_rows.place) as printed_place
    from account_rows
    left join printed_by_fund
        on account_rows.disclosure_id = printed_by_fund.disclosure_id
    where account_rows.is_by_fund or printed_by_fund.disclosure_id is null
    group by account_rows.disclosure_id, account_rows.account_code
),

accounts_in_tree as (
    select
        accounts.*,
        regexp_replace(accounts.account_name, '支出$', '', 'g') as short_name,
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
        regexp_replace(comparable_name(account_name), '[0-9“”"]', '', 'g') as path
    from marts.fct_narrative_claims
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
        regexp_replace(regexp_extract(path, '^(.*[(][类款][)])?([^()]+.*)$', 2), '(支出)?([(][类款项][)])?$', '', 'g') as short_name
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
        or regexp_replace(named_levels.path, '^[^()]*[(][类款项][)]$', '', 'g') = ''
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
    from marts.fct_narrative_claims
    where measure = 'function_item'
    group by all
),

repeated as (
    select
        printed_totals.rule_code,
        claims.disclosure_id,
        claims.claim_number,
        cast(null as text) as account_code,
        false as is_ambiguous,
        cast(null as integer) as heading_number,
        printed_totals.printed_yuan,
        printed_totals.printed_half_unit,
        printed_totals.printed_unit,
        printed_totals.printed_place
    from marts.fct_narrative_claims as claims
    inner join printed_totals
        on
            claims.disclosure_id = printed_totals.disclosure_id
            and claims.measure = printed_totals.measure
    union all
    select
        'NT-05' as rule_code,
        claims.disclosure_id,
        claims.claim_number,
        named_codes.account_code,
        coalesce(named_codes.is_ambiguous, false) as is_ambiguous,
        first_of_paragraphs.claim_number as heading_number,
        accounts.printed_yuan,
        accounts.printed_half_unit,
        accounts.printed_unit,
        accounts.printed_place
    from marts.fct_narrative_claims as claims
    inner join first_of_paragraphs
        on
            claims.disclosure_id = first_of_paragraphs.disclosure_id
            and coalesce(claims.ordinal, '') = first_of_paragraphs.ordinal
            and claims.account_name = first_of_paragraphs.account_name
    left join named_codes
        on
            claims.disclosure_id = named_codes.disclosure_id
            and claims.claim_number = named_codes.claim_number
    left join accounts
        on
            named_codes.disclosure_id = accounts.disclosure_id
            and named_codes.account_code = accounts.account_code
    where claims.measure = 'function_item'
)

select
    repeated.rule_code,
    claims.disclosure_id,
    claims.claim_number,
    claims.measure
    || coalesce(' ' || claims.account_name, '')
    || ' claim '
    || cast(claims.claim_number as text) as subject,
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
    cast(repeated.printed_yuan as decimal(18, 2)) as printed_yuan,
    cast(repeated.printed_half_unit as decimal(18, 7)) as printed_half_unit,
    repeated.printed_unit,
    repeated.printed_place
from repeated
inner join marts.fct_narrative_claims as claims
    on
        repeated.disclosure_id = claims.disclosure_id
        and repeated.claim_number = claims.claim_number;

-- One row per rule on changes since another year, disclosure and subject checked.
create view working.rec_stated_changes as
with claims_of_prose as (
    select
        *,
        measure
        || coalesce(' ' || account_name, '')
        || ' claim '
        || cast(claim_number as text) as subject,
        case direction
            when 'increase' then change_yuan
            when 'decrease' then -change_yuan
            when 'unchanged' then 0
        end as signed_change_yuan,
        half_unit(coalesce(change_text, '0.00'), unit) as change_half_unit,
        coalesce(base_stage, stage) as compared_stage,
        'narrative_claims ' || source_ref as place
    from marts.fct_narrative_claims
),

printed_totals as (
    select
        disclosure_id,
        claim_number,
        max(printed_yuan) as printed_yuan
    from working.rec_claims
    where measure in ('fiscal_appropriation_revenue', 'fiscal_appropriation_expenditure', 'general_public_budget_expenditure', 'total_revenue', 'total_expenditure')
    group by all
),

-- What one says of a total holds of every total that the tables make equal to it.
compared_claims as (
    select
        claims_of_prose.*,
        coalesce(printed_totals.printed_yuan, claims_of_prose.amount_yuan) as printed_yuan,
        case
            when claims_of_prose.measure in ('fiscal_appropriation_revenue', 'fiscal_appropriation_expenditure', 'general_public_budget_expenditure', 'total_revenue', 'total_expenditure') then 'totals'
            else claims_of_prose.measure || coalesce(' ' || claims_of_prose.account_name, '')
        end as compared_quantity
    from claims_of_prose
    left join printed_totals
        on
            claims_of_prose.disclosure_id = printed_totals.disclosure_id
            and claims_of_prose.claim_number = printed_totals.claim_number
    where claims_of_prose.signed_change_yuan is not null and claims_of_prose.base_year is not null
),

-- Another fund that shrinks explains why the general public budget grew more than the whole.
shrinking_funds as (
    select disclosure_id
    from claims_of_prose
    where
        measure in ('government_funds_expenditure', 'state_capital_expenditure')
        and direction = 'decrease'
    group by all
),

pairs_of_claims as (
    select
        ones.disclosure_id,
        ones.compared_quantity,
        ones.base_year,
        ones.compared_stage,
        ones.stage,
        ones.claim_number,
        others.claim_number as other_claim_number,
        abs(ones.signed_change_yuan - others.signed_change_yuan)
        > ones.change_half_unit + others.change_half_unit
        and not (
            shrinking_funds.disclosure_id is not null
            and (
                ones.measure = 'general_public_budget_expenditure'
                or others.measure = 'general_public_budget_expenditure'
            )
            and ones.measure <> others.measure
        ) as is_broken
    from compared_claims as ones
    inner join compared_claims as others
        on
            ones.disclosure_id = others.disclosure_id
            and ones.compared_quantity = others.compared_quantity
            and ones.base_year = others.base_year
            and ones.compared_stage = others.compared_stage
            and ones.printed_yuan = others.printed_yuan
            and ones.claim_number < others.claim_number
    left join shrinking_funds
        on ones.disclosure_id = shrinking_funds.disclosure_id
),

judged_quantities as (
    select
        disclosure_id,
        compared_quantity,
        base_year,
        compared_stage,
        stage,
        min(case when is_broken then claim_number end) as first_claim_number,
        min_by(other_claim_number, case when is_broken then other_claim_number end)
            as other_claim_number,
        max(is_broken) as is_broken
    from pairs_of_claims
    group by all
),

sides_of_contradictions as (
    select
        judged_quantities.disclosure_id,
        judged_quantities.compared_quantity,
        judged_quantities.base_year,
        judged_quantities.compared_stage,
        compared_claims.measure,
        abs(compared_claims.signed_change_yuan - first_claims.signed_change_yuan)
        <= compared_claims.change_half_unit + first_claims.change_half_unit as is_first_side
    from judged_quantities
    inner join compared_claims
        on
            judged_quantities.disclosure_id = compared_claims.disclosure_id
            and judged_quantities.compared_quantity = compared_claims.compared_quantity
            and judged_quantities.base_year = compared_claims.base_year
            and judged_quantities.compared_stage = compared_claims.compared_stage
    inner join compared_claims as first_claims
        on
            judged_quantities.disclosure_id = first_claims.disclosure_id
            and judged_quantities.first_claim_number = first_claims.claim_number
    where judged_quantities.compared_quantity = 'totals'
),

named_sides as (
    select
        disclosure_id,
        compared_quantity,
        base_year,
        compared_stage,
        concat_ws(
            ' and ',
                max(case when is_first_side and measure = 'fiscal_appropriation_revenue' then measure end),
                max(case when is_first_side and measure = 'fiscal_appropriation_expenditure' then measure end),
                max(case when is_first_side and measure = 'general_public_budget_expenditure' then measure end),
                max(case when is_first_side and measure = 'total_revenue' then measure end),
                max(case when is_first_side and measure = 'total_expenditure' then measure end)
        )
        || ' against '
        || concat_ws(
            ' and ',
                max(case when not is_first_side and measure = 'fiscal_appropriation_revenue' then measure end),
                max(case when not is_first_side and measure = 'fiscal_appropriation_expenditure' then measure end),
                max(case when not is_first_side and measure = 'general_public_budget_expenditure' then measure end),
                max(case when not is_first_side and measure = 'total_revenue' then measure end),
                max(case when not is_first_side and measure = 'total_expenditure' then measure end)
        ) as subject
    from sides_of_contradictions
    group by all
),

-- Base stages are kept apart: a change against the budget is not one against the execution.
statements_agree as (
    select
        'NT-09' as rule_code,
        judged_quantities.disclosure_id,
        concat_ws(
            ' ',
            coalesce(named_sides.subject, judged_quantities.compared_quantity),
            case
                when judged_quantities.base_year <> first_claims.fiscal_year - 1
                    then cast(judged_quantities.base_year as text)
            end,
            case
                when judged_quantities.compared_stage <> judged_quantities.stage
                    then judged_quantities.compared_stage
            end
        ) as subject,
        coalesce(first_claims.signed_change_yuan, 0) as stated_yuan,
        coalesce(other_claims.signed_change_yuan, 0) as computed_yuan,
        coalesce(first_claims.change_half_unit + other_claims.change_half_unit, 0)
            as tolerance_yuan,
        true as is_equality,
        concat_ws(
            ' ', first_claims.direction_text, first_claims.change_text, first_claims.unit
        ) as stated_text,
        first_claims.place as stated_source,
        other_claims.place as computed_source
    from judged_quantities
    left join named_sides
        on
            judged_quantities.disclosure_id = named_sides.disclosure_id
            and judged_quantities.compared_quantity = named_sides.compared_quantity
            and judged_quantities.base_year = named_sides.base_year
            and judged_quantities.compared_stage = named_sides.compared_stage
    left join compared_claims as first_claims
        on
            judged_quantities.disclosure_id = first_claims.disclosure_id
            and judged_quantities.first_claim_number = first_claims.claim_number
    left join compared_claims as other_claims
        on
            judged_quantities.disclosure_id = other_claims.disclosure_id
            and judged_quantities.other_claim_number = other_claims.claim_number
),

printed_claims as (
    select
        disclosure_id,
        claim_number,
        max(printed_yuan) as printed_yuan,
        max(printed_half_unit) as printed_half_unit
    from working.rec_claims
    group by all
),

-- The figures behind a percentage: the table's exact amount where the claim repeats it.
percentages as (
    select
        claims_of_prose.disclosure_id,
        claims_of_prose.subject,
        claims_of_prose.direction,
        claims_of_prose.direction_text,
        claims_of_prose.change_ratio,
        claims_of_prose.change_percent_text,
        claims_of_prose.place,
        coalesce(printed.printed_yuan, claims_of_prose.amount_yuan) as amount_yuan,
        case
            when printed.printed_yuan is null then claims_of_prose.half_unit
            else printed.printed_half_unit
        end as half_unit,
        coalesce(
            claims_of_prose.base_amount_yuan,
            coalesce(printed.printed_yuan, claims_of_prose.amount_yuan)
            - claims_of_prose.signed_change_yuan
        ) as base_yuan,
        case
            when claims_of_prose.base_amount_yuan is not null
                then
                    half_unit(coalesce(claims_of_prose.base_amount_text, '0'), claims_of_prose.unit)
            else claims_of_prose.half_unit + claims_of_prose.change_half_unit
        end as base_half_unit,
        case
            when claims_of_prose.direction = 'decrease' then -claims_of_prose.change_ratio
            else claims_of_prose.change_ratio
        end as signed_ratio,
        -- Half of the last printed digit of the percentage.
        cast(
            half_unit(translate(claims_of_prose.change_percent_text, '%％', ''), '元') * 0.01 as decimal(9, 6)
        ) as half_ratio
    from claims_of_prose
    left join printed_claims as printed
        on
            claims_of_prose.disclosure_id = printed.disclosure_id
            and claims_of_prose.claim_number = printed.claim_number
    where claims_of_prose.change_ratio is not null and claims_of_prose.amount_yuan is not null
),

-- Some amount and some base within their roundings must give a ratio within that of the percentage.
percentages_follow as (
    select
        'NT-10' as rule_code,
        disclosure_id,
        subject,
        case
            when base_yuan is not null and direction is not null
                then
                    amount_yuan + half_unit
                    < (base_yuan - base_half_unit)
                    * cast(1 + signed_ratio - half_ratio as decimal(12, 6))
                    or amount_yuan - half_unit
                    > (base_yuan + base_half_unit)
                    * cast(1 + signed_ratio + half_ratio as decimal(12, 6))
        end as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', direction_text, change_percent_text) as stated_text,
        cast(amount_yuan as text)
        || ' against '
        || cast(base_yuan as text)
        || ': '
        || cast(
            ratio(cast(amount_yuan - base_yuan as decimal(18, 2)), cast(base_yuan as decimal(18, 2))) * 100 as decimal(18, 2)
        )
        || '%' as computed_text,
        place as stated_source
    from percentages
    where base_yuan > 0 or base_yuan is null
),

directions as (
    select
        'NT-11' as rule_code,
        disclosure_id,
        subject,
        coalesce(
            (
                direction = 'increase'
                and amount_yuan + half_unit < base_amount_yuan - base_half_unit
            )
            or (
                direction = 'decrease'
                and amount_yuan - half_unit > base_amount_yuan + base_half_unit
            ),
            false
        )
        or (direction <> 'unchanged' and coalesce(change_ratio, 0) < 0)
        or (direction <> 'unchanged' and coalesce(change_yuan, 0) < 0)
        or (
            direction <> 'unchanged'
            and base_amount_yuan is null
            and coalesce(change_ratio > 0 and change_yuan > 0 and is_opposite_closer, false)
        ) as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', direction_text, change_text, change_percent_text) as stated_text,
        concat_ws(' ', 'the direction of', amount_text, 'against', base_amount_text)
            as computed_text,
        place as stated_source
    from (
        select
            *,
            half_unit(coalesce(base_amount_text, '0'), unit) as base_half_unit,
            -- Change over base, once with the direction as printed and once with the other one; of
            -- a small change both give nearly the same.
            abs(change_yuan - (amount_yuan + signed_change_yuan) * change_ratio) * 10
            < abs(change_yuan - (amount_yuan - signed_change_yuan) * change_ratio)
            and abs(change_yuan - (amount_yuan - signed_change_yuan) * change_ratio) * 20
            > change_yuan as is_opposite_closer
        from claims_of_prose
    ) as claims
    where
        direction is not null
        and amount_yuan is not null
        and (base_amount_yuan is not null or change_ratio is not null)
),

unchanged_and_zero as (
    select
        'NT-12' as rule_code,
        disclosure_id,
        subject,
        case
            when direction = 'unchanged'
                then
                    coalesce(change_yuan, 0) <> 0
                    or coalesce(change_ratio, 0) <> 0
                    or coalesce(
                        abs(amount_yuan - base_amount_yuan)
                        > half_unit + half_unit(coalesce(base_amount_text, '0'), unit),
                        false
                    )
            else
                amount_yuan = 0
                and direction = 'increase'
                and (coalesce(change_yuan, 0) > 0 or coalesce(change_ratio, 0) > 0)
        end as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', amount_text || unit, direction_text, change_text, change_percent_text)
            as stated_text,
        case
            when direction = 'unchanged' then 'no change beside 持平'
            else 'no increase to nothing'
        end as computed_text,
        place as stated_source
    from claims_of_prose
    where direction is not null and amount_yuan is not null
),

base_years as (
    select
        'NT-26' as rule_code,
        disclosure_id,
        subject,
        base_year <> fiscal_year - 1 as is_broken,
        amount_yuan as stated_yuan,
        cast(base_year as text) as stated_text,
        cast(fiscal_year - 1 as text) as computed_text,
        place as stated_source
    from claims_of_prose
    where base_year is not null
),

changes_of_totals as (
    select
        disclosure_id,
        base_year,
        printed_yuan,
        min_by(abs(signed_change_yuan), case when measure like '%revenue' then claim_number end)
            as revenue_change_yuan,
        min_by(abs(signed_change_yuan), case when measure like '%expenditure' then claim_number end)
            as expenditure_change_yuan,
        max(change_half_unit) as half_unit,
        min_by(
            concat_ws(' ', compared_stage, direction_text, change_text),
            case when measure like '%revenue' then claim_number end
        )
        || ' beside '
        || min_by(
            concat_ws(' ', compared_stage, direction_text, change_text),
            case when measure like '%expenditure' then claim_number end
        ) as stated_text,
        min_by(place, case when measure like '%revenue' then claim_number end) as revenue_place,
        min_by(place, case when measure like '%expenditure' then claim_number end)
            as expenditure_place
    from compared_claims
    where compared_quantity = 'totals' and measure <> 'general_public_budget_expenditure'
    group by all
),

income_and_expenditure as (
    select
        'NT-27' as rule_code,
        disclosure_id,
        'revenue and expenditure against ' || cast(base_year as text) as subject,
        min_by(revenue_change_yuan, printed_yuan) as stated_yuan,
        min_by(expenditure_change_yuan, printed_yuan) as computed_yuan,
        max(half_unit) * 2 as tolerance_yuan,
        true as is_equality,
        min_by(stated_text, printed_yuan) as stated_text,
        min_by(revenue_place, printed_yuan) as stated_source,
        min_by(expenditure_place, printed_yuan) as computed_source
    from changes_of_totals
    where revenue_change_yuan is not null and expenditure_change_yuan is not null
    group by disclosure_id, base_year
),

statements as (

    select * from percentages_follow
    union all
    select * from directions
    union all
    select * from unchanged_and_zero
    union all
    select * from base_years

),

claims as (

    select * from statements_agree
    union all
    select * from income_and_expenditure

)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family within_table, disclosure and subject checked.
create view working.rec_within_table as
with amounts as (
    select *
    from marts.fct_published_amounts
    where table_name <> 'projects'
),

printed_tables as (
    select
        disclosure_id,
        table_name
    from amounts
    group by all
),

figures_without_heading as (
    select
        'WT-19' as rule_code,
        printed_tables.disclosure_id,
        printed_tables.table_name
        || coalesce(' ' || strays.row_key, '') as subject,
        strays.row_key is not null as is_broken,
        strays.amount_yuan as stated_yuan,
        strays.printed_text as stated_text,
        'no figure outside the headed columns' as computed_text,
        printed_tables.table_name || coalesce(' ' || strays.source_ref, '') as stated_source
    from printed_tables
    left join amounts as strays
        on
            printed_tables.disclosure_id = strays.disclosure_id
            and printed_tables.table_name = strays.table_name
            and strays.row_role = 'stray'
),

amounts_out_of_range as (
    select *
    from amounts
    where amount_yuan < 0 or (printed_text like '%.%' and half_unit < 0.005)
),

amounts_in_range as (
    select
        'WT-21' as rule_code,
        printed_tables.disclosure_id,
        printed_tables.table_name
        || coalesce(' ' || out_of_range.row_key || ' ' || out_of_range.measure, '') as subject,
        max(out_of_range.row_key) is not null as is_broken,
        max(out_of_range.amount_yuan) as stated_yuan,
        max(out_of_range.printed_text) as stated_text,
        'an amount that is not negative and no finer than one fen' as computed_text,
        printed_tables.table_name
        || coalesce(' ' || min(out_of_range.source_ref), '') as stated_source
    from printed_tables
    left join amounts_out_of_range as out_of_range
        on
            printed_tables.disclosure_id = out_of_range.disclosure_id
            and printed_tables.table_name = out_of_range.table_name
    group by
        printed_tables.disclosure_id,
        printed_tables.table_name,
        out_of_range.row_key,
        out_of_range.measure
),

printed_heads as (
    select
        tables.disclosure_id,
        tables.table_name,
        tables.title,
        tables.unit,
        tables.compiling_entity,
        tables.source_ref,
        organizations.region_code like '31%' as has_known_form,
        coalesce(
            regexp_full_match(tables.title, '.*((19|20)[0-9]{2}|[一二〇○零三四五六七八九]{4}年).*'),
            false
        ) as has_year
    from marts.fct_published_tables as tables
    inner join marts.dim_organizations as organizations
        on tables.organization_id = organizations.organization_id
),

-- Shanghai's form puts all three above each table. Elsewhere a document may leave the year to its
-- cover, and then does so throughout.
heads_of_documents as (
    select
        disclosure_id,
        max(has_known_form or has_year) as shows_year,
        max(has_known_form or compiling_entity is not null) as shows_entity
    from printed_heads
    group by all
),

heads_of_tables as (
    select
        'WT-24' as rule_code,
        printed_heads.disclosure_id,
        printed_heads.table_name as subject,
        printed_heads.unit is null
        or (heads_of_documents.shows_year and not printed_heads.has_year)
        or (heads_of_documents.shows_entity and printed_heads.compiling_entity is null)
            as is_broken,
        null as stated_yuan,
        printed_heads.title as stated_text,
        concat_ws(
            ', ',
            case when not printed_heads.has_year then 'a fiscal year in the title' end,
            case when printed_heads.unit is null then 'a unit' end,
            case when printed_heads.compiling_entity is null then 'a compiling entity' end
        ) as computed_text,
        printed_heads.table_name || ' ' || printed_heads.source_ref as stated_source
    from printed_heads
    inner join heads_of_documents
        on printed_heads.disclosure_id = heads_of_documents.disclosure_id
),

statements as (
    select * from figures_without_heading
    union all
    select * from amounts_in_range
    union all
    select * from heads_of_tables
)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements;

-- One row per rule of the family across_tables, disclosure and subject checked.
create view working.rec_across_tables as
with account_rows as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.account_code,
        amounts.measure,
        amounts.amount_yuan,
        amounts.account_name,
        amounts.table_name || ' ' || amounts.source_ref as place
    from marts.fct_published_amounts as amounts
    where
        amounts.account_code is not null
        and amounts.table_name <> 'basic_expenditure_by_economic'
        and amounts.row_role <> 'stray'
),

compiling_entities as (
    select
        disclosure_id,
        table_name as subject,
        comparable_name(compiling_entity) as entity,
        compiling_entity as printed_entity,
        cast(null as text) as other_entity,
        table_name || ' ' || source_ref as place
    from marts.fct_published_tables
    where compiling_entity is not null
    union all
    -- A form names the department in charge and the unit that carries the project out.
    select
        disclosure_id,
        'projects ' || cast(project_number as text) as subject,
        comparable_name(implementing_organization_name) as entity,
        implementing_organization_name as printed_entity,
        comparable_name(supervising_organization_name) as other_entity,
        'projects ' || source_ref as place
    from marts.fct_projects
    where implementing_organization_name is not null
),

first_entities as (
    select
        disclosure_id,
        min_by(entity, subject) as entity
    from compiling_entities
    where other_entity is null
    group by all
),

entities_agree as (
    select
        'CT-17' as rule_code,
        compiling_entities.disclosure_id,
        compiling_entities.subject,
        compiling_entities.entity <> first_entities.entity
        and coalesce(compiling_entities.other_entity <> first_entities.entity, true) as is_broken,
        null as stated_yuan,
        compiling_entities.printed_entity as stated_text,
        first_entities.entity as computed_text,
        compiling_entities.place as stated_source
    from compiling_entities
    inner join first_entities
        on compiling_entities.disclosure_id = first_entities.disclosure_id
),

current_disclosures as (
    select *
    from marts.dim_disclosures
    where is_current
),

totals as (
    select
        disclosure_id,
        amount_yuan as total_yuan,
        table_name || ' ' || source_ref as place
    from marts.fct_published_amounts
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and row_role = 'total'
),

units_of_departments as (
    select
        current_disclosures.department_disclosure_id as disclosure_id,
        count(*) as unit_count,
        sum(totals.total_yuan) as units_yuan
    from current_disclosures
    inner join totals
        on current_disclosures.disclosure_id = totals.disclosure_id
    where current_disclosures.department_disclosure_id is not null
    group by all
),

-- Units that are not loaded may explain what is missing, never what is too much.
departments_and_units as (
    select
        'CT-18' as rule_code,
        departments.disclosure_id,
        'the units of the department' as subject,
        totals.total_yuan as stated_yuan,
        case
            when units_of_departments.units_yuan >= totals.total_yuan
                then units_of_departments.units_yuan
        end as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        cast(coalesce(units_of_departments.unit_count, 0) as text)
        || ' units loaded, '
        || cast(
            coalesce(units_of_departments.units_yuan, 0) as text
        )
        || ' yuan' as stated_text,
        totals.place as stated_source,
        cast(null as text) as computed_source
    from current_disclosures as departments
    inner join totals
        on departments.disclosure_id = totals.disclosure_id
    left join units_of_departments
        on departments.disclosure_id = units_of_departments.disclosure_id
    where departments.scope = 'department'
),

units as (
    select
        disclosure_id,
        department_disclosure_id
    from current_disclosures
    where department_disclosure_id is not null
),

accounts_of_units as (
    select
        'CT-22' as rule_code,
        units.disclosure_id,
        unit_rows.account_code || ' ' || unit_rows.measure as subject,
        coalesce(sum(department_rows.amount_yuan), 0) as stated_yuan,
        sum(unit_rows.amount_yuan) as computed_yuan,
        0 as tolerance_yuan,
        false as is_equality,
        min(unit_rows.account_name) as stated_text,
        coalesce(min(department_rows.place), 'not in the department') as stated_source,
        min(unit_rows.place) as computed_source
    from units
    inner join account_rows as unit_rows
        on
            units.disclosure_id = unit_rows.disclosure_id
            and unit_rows.table_name = 'expenditure_by_function'
    left join account_rows as department_rows
        on
            units.department_disclosure_id = department_rows.disclosure_id
            and department_rows.table_name = 'expenditure_by_function'
            and unit_rows.account_code = department_rows.account_code
            and unit_rows.measure = department_rows.measure
    where unit_rows.amount_yuan is not null
    group by units.disclosure_id, unit_rows.account_code, unit_rows.measure
),

stated_bases as (
    select
        disclosure_id,
        comparable_name(account_name) as account_name,
        base_year,
        coalesce(base_stage, 'initial_budget') as base_stage,
        max(base_amount_yuan) as base_amount_yuan,
        max(half_unit) as half_unit,
        min(source_ref) as source_ref
    from marts.fct_narrative_claims
    where measure = 'function_item' and base_amount_yuan is not null
    group by all
),

bases_of_units as (
    select
        'CT-22' as rule_code,
        units.disclosure_id,
        concat_ws(' ', unit_bases.account_name, unit_bases.base_year, unit_bases.base_stage)
            as subject,
        department_bases.base_amount_yuan as stated_yuan,
        unit_bases.base_amount_yuan as computed_yuan,
        unit_bases.half_unit + department_bases.half_unit as tolerance_yuan,
        false as is_equality,
        unit_bases.account_name as stated_text,
        'narrative_claims ' || department_bases.source_ref as stated_source,
        'narrative_claims ' || unit_bases.source_ref as computed_source
    from units
    inner join stated_bases as unit_bases
        on units.disclosure_id = unit_bases.disclosure_id
    inner join stated_bases as department_bases
        on
            units.department_disclosure_id = department_bases.disclosure_id
            and unit_bases.account_name = department_bases.account_name
            and unit_bases.base_year = department_bases.base_year
            and unit_bases.base_stage = department_bases.base_stage
),

statements as (
    select * from entities_agree
),

claims as (
    select * from departments_and_units
    union all
    select * from accounts_of_units
    union all
    select * from bases_of_units
)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family three_public, disclosure and subject checked.
create view working.rec_three_public as
with printed_expenses as (
    select
        amounts.disclosure_id,
        amounts.measure,
        sum(amounts.amount_yuan) as amount_yuan,
        max(amounts.half_unit) as half_unit,
        min(amounts.unit) as unit,
        min('three_public_expenses ' || amounts.source_ref) as place
    from marts.fct_published_amounts as amounts
    where
        amounts.table_name = 'three_public_expenses'
        and amounts.row_role <> 'stray'
        and amounts.amount_yuan is not null
    group by all
),

disclosures as (
    select *
    from marts.dim_disclosures
    where is_current
),

vehicles_kept as (
    select
        disclosure_id,
        max(numeric_value) as vehicle_count,
        min(value_text) as value_text,
        min('statements ' || source_ref) as place
    from marts.fct_statements
    where subject = 'vehicles_kept' and numeric_value is not null
    group by all
),

vehicles_and_expenses as (
    select
        'SG-04' as rule_code,
        vehicles_kept.disclosure_id,
        printed_expenses.measure as subject,
        vehicles_kept.vehicle_count = 0 and printed_expenses.amount_yuan > 0 as is_broken,
        printed_expenses.amount_yuan as stated_yuan,
        vehicles_kept.value_text as stated_text,
        case when vehicles_kept.vehicle_count = 0 then 'no vehicle expense' else 'vehicles kept' end
            as computed_text,
        vehicles_kept.place as stated_source
    from vehicles_kept
    inner join printed_expenses
        on
            vehicles_kept.disclosure_id = printed_expenses.disclosure_id
            and printed_expenses.measure in ('vehicle_purchase', 'vehicle_operation')
),

zeros_published_elsewhere as (
    select
        'SG-06' as rule_code,
        statements.disclosure_id,
        statements.value_text as subject,
        coalesce(max(printed_expenses.amount_yuan), 0) = 0 as is_broken,
        max(printed_expenses.amount_yuan) as stated_yuan,
        'another organisation publishes this expense' as stated_text,
        'no zero in the table' as computed_text,
        min('statements ' || statements.source_ref) as stated_source
    from marts.fct_statements as statements
    left join printed_expenses
        on
            statements.disclosure_id = printed_expenses.disclosure_id
            and statements.value_text = printed_expenses.measure
    where statements.subject = 'reported_elsewhere'
    group by statements.disclosure_id, statements.value_text
),

claims_of_prose as (
    select
        claims.*,
        case claims.measure when 'three_public_total' then 'total' else claims.measure end
            as table_measure,
        claims.measure
        || ' claim '
        || cast(claims.claim_number as text) as subject,
        'narrative_claims ' || claims.source_ref as place
    from marts.fct_narrative_claims as claims
),

prose_and_table as (
    select
        'SG-05' as rule_code,
        claims.disclosure_id,
        claims.subject,
        claims.amount_yuan as stated_yuan,
        printed_expenses.amount_yuan as computed_yuan,
        case
            when claims.unit = printed_expenses.unit then 0
            else greatest(claims.half_unit, printed_expenses.half_unit)
        end as tolerance_yuan,
        true as is_equality,
        claims.amount_text || claims.unit as stated_text,
        claims.place as stated_source,
        printed_expenses.place as computed_source
    from claims_of_prose as claims
    inner join printed_expenses
        on
            claims.disclosure_id = printed_expenses.disclosure_id
            and claims.table_measure = printed_expenses.measure
    where claims.amount_yuan is not null
),

public_use as (
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        min('basic_expenditure_by_economic ' || source_ref) as place
    from marts.fct_published_amounts
    where
        table_name = 'basic_expenditure_by_economic'
        and measure = 'public_use'
        and row_role = 'total'
    group by all
),

-- Institutions have none at all; for everyone else the day-to-day public use is the upper bound.
agency_operating_expenses as (
    select
        'SG-07' as rule_code,
        printed_expenses.disclosure_id,
        'agency_operating_expenses' as subject,
        case
            when disclosures.scope = 'unit' and disclosures.organization_type = 'public_institution'
                then 0
            else public_use.amount_yuan
        end as stated_yuan,
        printed_expenses.amount_yuan as computed_yuan,
        case
            when disclosures.scope = 'unit' and disclosures.organization_type = 'public_institution'
                then 0
            else greatest(printed_expenses.half_unit, public_use.half_unit)
        end as tolerance_yuan,
        false as is_equality,
        disclosures.organization_type as stated_text,
        public_use.place as stated_source,
        printed_expenses.place as computed_source
    from printed_expenses
    inner join disclosures
        on printed_expenses.disclosure_id = disclosures.disclosure_id
    left join public_use
        on printed_expenses.disclosure_id = public_use.disclosure_id
    where printed_expenses.measure = 'agency_operating_expenses'
),

last_year_disclosures as (
    select
        disclosures.disclosure_id,
        last_year.disclosure_id as last_year_disclosure_id
    from disclosures
    left join disclosures as last_year
        on
            disclosures.organization_id = last_year.organization_id
            and disclosures.scope = last_year.scope
            and disclosures.stage = last_year.stage
            and disclosures.fiscal_year = last_year.fiscal_year + 1
),

measures_of_table as (
    select measure
    from printed_expenses
    group by all
),

prose_and_last_year as (
    select
        'SG-08' as rule_code,
        claims.disclosure_id,
        claims.subject,
        case claims.direction
            when 'increase' then claims.change_yuan
            when 'decrease' then -claims.change_yuan
            when 'unchanged' then 0
        end as stated_yuan,
        claims.amount_yuan - last_year_expenses.amount_yuan as computed_yuan,
        case
            when claims.direction = 'unchanged' and claims.unit = last_year_expenses.unit then 0
            else claims.half_unit + claims.half_unit + last_year_expenses.half_unit
        end as tolerance_yuan,
        true as is_equality,
        concat_ws('', claims.direction_text, claims.change_text) as stated_text,
        claims.place as stated_source,
        last_year_disclosures.last_year_disclosure_id || ' ' || last_year_expenses.place
            as computed_source
    from claims_of_prose as claims
    inner join last_year_disclosures
        on claims.disclosure_id = last_year_disclosures.disclosure_id
    inner join measures_of_table
        on claims.table_measure = measures_of_table.measure
    left join printed_expenses as last_year_expenses
        on
            last_year_disclosures.last_year_disclosure_id = last_year_expenses.disclosure_id
            and claims.table_measure = last_year_expenses.measure
    where
        claims.base_year = claims.fiscal_year - 1
        and coalesce(claims.base_stage, claims.stage) = claims.stage
        and claims.direction is not null
),

statements as (
    select * from vehicles_and_expenses
    union all
    select * from zeros_published_elsewhere
),

claims as (
    select * from prose_and_table
    union all
    select * from agency_operating_expenses
    union all
    select * from prose_and_last_year
)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family narrative, disclosure and subject checked.
create view working.rec_narrative as
with claims_of_prose as (
    select
        *,
        measure
        || coalesce(' ' || account_name, '')
        || ' claim '
        || cast(claim_number as text) as subject,
        'narrative_claims ' || source_ref as place
    from marts.fct_narrative_claims
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
    from working.rec_claims
    where amount_yuan is not null and claim_number = coalesce(heading_number, claim_number)
),

listed_claims as (
    select *
    from working.rec_claims
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
            when listed_sums.listed_yuan * 10 >= listed_totals.amount_yuan * 9
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
    from marts.fct_published_amounts as amounts
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
    where regexp_full_match(ordinal, '[0-9]{1,3}')
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
        cast(numbers as text)
        || ' numbers from '
        || cast(first_ordinal as text)
        || ' to '
        || cast(last_ordinal as text) as stated_text,
        case
            when after_gap is not null then 'a number ' || cast(after_gap - 1 as text)
            when repeated_ordinal is not null
                then 'one account numbered ' || cast(repeated_ordinal as text)
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
    from marts.fct_projects
    group by all
),

project_expenditures as (
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan,
        min(table_name || ' ' || source_ref) as place
    from marts.fct_published_amounts
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
        claims.measure as subject,
        claims.amount_yuan as stated_yuan,
        case
            when forms.annual_yuan is not null then forms.annual_yuan
            when claims.amount_yuan * 100 >= project_expenditures.amount_yuan * 99
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
        cast(forms.forms as text) || ' forms' as computed_text,
        min('statements ' || statements.source_ref) as stated_source
    from marts.fct_statements as statements
    left join forms
        on statements.disclosure_id = forms.disclosure_id
    where statements.subject = 'performance_project_count' and statements.numeric_value is not null
    group by statements.disclosure_id, forms.forms
),

performance_years as (
    select
        'NT-17' as rule_code,
        disclosure_id,
        'performance_fiscal_year ' || cast(statement_number as text) as subject,
        numeric_value <> fiscal_year as is_broken,
        null as stated_yuan,
        value_text as stated_text,
        cast(fiscal_year as text) as computed_text,
        'statements ' || source_ref as stated_source
    from marts.fct_statements
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
    from marts.fct_statements
    where subject = 'vehicles_kept' and numeric_value is not null
    group by disclosure_id
    having count(*) > 1
),

state_capital_amounts as (
    select
        disclosure_id,
        max(amount_yuan) as amount_yuan
    from marts.fct_published_amounts
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
        'state_capital_statement ' || cast(statements.statement_number as text) as subject,
        coalesce(state_capital_amounts.amount_yuan, 0) > 0 as is_broken,
        state_capital_amounts.amount_yuan as stated_yuan,
        statements.value_text as stated_text,
        'no amount of state capital in the tables' as computed_text,
        'statements ' || statements.source_ref as stated_source
    from marts.fct_statements as statements
    left join state_capital_amounts
        on statements.disclosure_id = state_capital_amounts.disclosure_id
    where
        statements.subject = 'state_capital_statement'
        and regexp_full_match(statements.value_text, '.*(无|没有|未安排|不涉及).*')
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
    from working.rec_claims as claims
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

    select * from accounts_listed
    union all
    select * from numbers_contiguous
    union all
    select * from performance_counts
    union all
    select * from performance_years
    union all
    select * from vehicles_agree
    union all
    select * from state_capital_statements

),

claims as (

    select * from claims_and_tables
    union all
    select * from reserves
    union all
    select * from performance_amounts
    union all
    select * from indicators_stated_twice
    union all
    select * from headings_and_plans

),

-- Totals of rounded figures.
sums as (

    select * from list_and_total
    union all
    select * from procurement_adds_up

)

select * from working.rec_stated_changes
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'hint'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from sums;

-- One row per rule of the family units, disclosure and subject checked.
create view working.rec_units as
with units_of_tables as (
    select
        disclosure_id,
        table_name,
        regexp_replace(comparable_name(unit), '^(金额)?(单位:)?(人民币)?', '', 'g') as unit,
        unit as printed_unit,
        table_name || ' ' || source_ref as place
    from marts.fct_published_tables
),

units_of_forms as (
    select
        disclosure_id,
        'projects' as table_name,
        min(unit) as unit,
        min('projects ' || source_ref) as place
    from marts.fct_published_amounts
    where table_name = 'projects'
    group by all
),

-- In Shanghai T9 is in 万元 and all else in 元; other places choose one unit for all tables but T9.
units_of_documents as (
    select
        units_of_tables.disclosure_id,
        max(organizations.region_code like '31%') as has_known_form,
        min(
            case units_of_tables.table_name
                when 'three_public_expenses' then null
                else units_of_tables.unit
            end
        ) as first_unit,
        max(
            case units_of_tables.table_name
                when 'three_public_expenses' then null
                else units_of_tables.unit
            end
        ) as last_unit
    from units_of_tables
    inner join marts.dim_disclosures as disclosures
        on units_of_tables.disclosure_id = disclosures.disclosure_id
    inner join marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    group by units_of_tables.disclosure_id
),

tables_state_units as (
    select
        'UC-01' as rule_code,
        units_of_tables.disclosure_id,
        units_of_tables.table_name as subject,
        units_of_tables.unit is null
        or (
            units_of_documents.has_known_form
            and units_of_tables.unit
            <> case units_of_tables.table_name when 'three_public_expenses' then '万元' else '元' end
        )
        or (
            units_of_tables.table_name <> 'three_public_expenses'
            and units_of_documents.first_unit <> units_of_documents.last_unit
        ) as is_broken,
        null as stated_yuan,
        coalesce(units_of_tables.printed_unit, 'no unit') as stated_text,
        case units_of_tables.table_name when 'three_public_expenses' then '万元' else '元' end
            as computed_text,
        units_of_tables.place as stated_source
    from units_of_tables
    left join units_of_documents
        on units_of_tables.disclosure_id = units_of_documents.disclosure_id
    union all
    select
        'UC-01' as rule_code,
        units_of_forms.disclosure_id,
        units_of_forms.table_name as subject,
        units_of_forms.unit <> '元' and units_of_documents.has_known_form as is_broken,
        null as stated_yuan,
        units_of_forms.unit as stated_text,
        '元' as computed_text,
        units_of_forms.place as stated_source
    from units_of_forms
    inner join units_of_documents
        on units_of_forms.disclosure_id = units_of_documents.disclosure_id
),

currencies as (
    select
        'UC-07' as rule_code,
        disclosure_id,
        'currency' as subject,
        max(case when unit in ('元', '万元', '千元', '百万元', '亿元') then 0 else 1 end) = 1
            as is_broken,
        null as stated_yuan,
        max_by(
            printed_unit,
            case when unit in ('元', '万元', '千元', '百万元', '亿元') then 0 else 1 end
        ) as stated_text,
        'yuan, in one currency throughout' as computed_text,
        max_by(
            place, case when unit in ('元', '万元', '千元', '百万元', '亿元') then 0 else 1 end
        ) as stated_source
    from units_of_tables
    where unit is not null
    group by disclosure_id
),

-- The same figure in a coarser unit, rounded half up. What is further off than ten of its last
-- digits is another figure, which NT-01 to NT-08 report.
claims_in_coarser_units as (
    select
        'UC-02' as rule_code,
        disclosure_id,
        subject || ' ' || rule_code as subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        half_unit as tolerance_yuan,
        true as is_equality,
        amount_text as stated_text,
        place as stated_source,
        printed_place as computed_source
    from working.rec_claims
    where
        amount_yuan is not null
        and printed_yuan is not null
        and unit <> printed_unit
        and half_unit >= printed_half_unit
        and abs(amount_yuan - printed_yuan) < half_unit * 20
        and (heading_number is null or heading_number = claim_number)
),

listed_claims as (
    select *
    from working.rec_claims
    where rule_code = 'NT-05' and claim_number = heading_number and account_code is not null
),

-- The exact amounts of the accounts listed, against the rounded ones: rounding alone may part them.
rounded_sums as (
    select
        'UC-03' as rule_code,
        disclosure_id,
        'sum of the accounts listed' as subject,
        sum(amount_yuan) as stated_yuan,
        sum(printed_yuan) as computed_yuan,
        max(half_unit) * (count(*) + 1) as tolerance_yuan,
        true as is_equality,
        cast(count(*) as text) || ' rounded amounts' as stated_text,
        min(place) as stated_source,
        min(printed_place) as computed_source
    from listed_claims
    where abs(amount_yuan - printed_yuan) < half_unit * 20
    group by disclosure_id
),

-- A sum written out: two or three factors, what they make, and the unit in which it is given.
calculations as (
    select
        disclosure_id,
        statement_number,
        coalesce(note, cast(statement_number as text)) as note,
        value_text,
        cast(replace(regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 1), ',', '') as decimal(14, 4))
            as first_factor,
        cast(replace(regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 3), ',', '') as decimal(14, 4))
            as second_factor,
        cast(
            coalesce(
                nullif(replace(regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 6), ',', ''), ''), '1'
            ) as decimal(10, 2)
        ) as third_factor,
        case
            when
                regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 2) = '万元'
                or regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 4) = '万元'
                or regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 7) = '万元'
                then 10000
            else 1
        end as unit_of_factors,
        cast(replace(regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 8), ',', '') as decimal(14, 4))
        * yuan_per(regexp_extract(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$', 9)) as stated_yuan,
        'statements ' || source_ref as place
    from marts.fct_statements
    where subject = 'calculation' and regexp_full_match(value_text, '^[^0-9]*([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*[*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*([*×xX]([0-9][0-9,]*[.]?[0-9]*)(万元|元)?[^0-9=*×xX]*)?[=＝]([0-9][0-9,]*[.]?[0-9]*)(万元|元).*$')
),

two_figures_of_one_quantity as (
    select
        disclosure_id,
        concat_ws(' ', 'calculation', note, value_text) as subject,
        'project ' || note as shown_subject,
        stated_yuan,
        cast(
            cast(first_factor * second_factor as decimal(24, 4)) * third_factor * unit_of_factors
            as decimal(18, 2)
        ) as computed_yuan,
        value_text as stated_text,
        place as stated_source,
        cast(null as text) as computed_source
    from calculations
    union all
    select
        disclosure_id,
        subject || ' ' || rule_code as subject,
        subject as shown_subject,
        amount_yuan as stated_yuan,
        printed_yuan as computed_yuan,
        amount_text as stated_text,
        place as stated_source,
        printed_place as computed_source
    from working.rec_claims
    where amount_yuan > 0 and printed_yuan > 0
    union all
    -- Hospitality and the like in T9 may exceed what T8 has, but not ten thousand times.
    select
        disclosure_id,
        rule_code || ' ' || subject as subject,
        subject as shown_subject,
        stated_yuan,
        computed_yuan,
        cast(null as text) as stated_text,
        stated_source,
        computed_source
    from working.rec_compared_amounts
    where stated_yuan > 0 and computed_yuan > 0
    union all
    select
        claims.disclosure_id,
        claims.measure || ' of T9 and claim ' || cast(claims.claim_number as text) as subject,
        claims.measure || ' claim ' || cast(claims.claim_number as text) as shown_subject,
        claims.amount_yuan as stated_yuan,
        amounts.amount_yuan as computed_yuan,
        claims.amount_text || claims.unit as stated_text,
        'narrative_claims ' || claims.source_ref as stated_source,
        'three_public_expenses ' || amounts.source_ref as computed_source
    from marts.fct_narrative_claims as claims
    inner join marts.fct_published_amounts as amounts
        on
            claims.disclosure_id = amounts.disclosure_id
            and amounts.table_name = 'three_public_expenses'
            and amounts.row_role <> 'stray'
            and case claims.measure when 'three_public_total' then 'total' else claims.measure end
            = amounts.measure
    where claims.amount_yuan > 0 and amounts.amount_yuan > 0
),

-- How often the larger holds the smaller, within a hundredth: ten thousand times or its square.
slips as (
    select
        *,
        (
            greatest(stated_yuan, computed_yuan)
            between least(stated_yuan, computed_yuan) * 9900
            and least(stated_yuan, computed_yuan) * 10100
        )
        or (
            greatest(stated_yuan, computed_yuan)
            between least(stated_yuan, computed_yuan) * 99000000
            and least(stated_yuan, computed_yuan) * 101000000
        ) as is_slip
    from two_figures_of_one_quantity
),

-- One sum may be printed twice in a form, and is one finding.
unit_slips as (
    select
        'UC-04' as rule_code,
        disclosure_id,
        case when is_slip then shown_subject else subject end as subject,
        max(stated_yuan) as stated_yuan,
        max(case when is_slip then computed_yuan else stated_yuan end) as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        min(stated_text) as stated_text,
        min(stated_source) as stated_source,
        min(computed_source) as computed_source
    from slips
    group by
        disclosure_id,
        is_slip,
        case when is_slip then shown_subject else subject end
),

statements as (

    select * from tables_state_units
    union all
    select * from currencies

),

claims as (

    select * from claims_in_coarser_units
    union all
    select * from rounded_sums
    union all
    select * from unit_slips

)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family across_years, disclosure and subject checked.
create view working.rec_across_years as
with disclosures as (
    select *
    from marts.dim_disclosures
    where is_current
),

-- Last year's budget and last year's execution are two documents, and never stand for each other.
earlier_disclosures as (
    select
        disclosures.disclosure_id,
        earlier.disclosure_id as earlier_disclosure_id,
        case earlier.stage when 'final_accounts' then 'executed' else earlier.stage end
            as base_stage
    from disclosures
    inner join disclosures as earlier
        on
            disclosures.organization_id = earlier.organization_id
            and disclosures.scope = earlier.scope
            and disclosures.fiscal_year = earlier.fiscal_year + 1
),

claims_of_prose as (
    select
        *,
        measure
        || coalesce(' ' || account_name, '')
        || ' claim '
        || cast(claim_number as text) as subject,
        coalesce(
            base_stage, case stage when 'final_accounts' then 'executed' else stage end
        ) as compared_stage,
        case direction
            when 'increase' then change_yuan
            when 'decrease' then -change_yuan
            when 'unchanged' then 0
        end as signed_change_yuan,
        half_unit(coalesce(change_text, '0.00'), unit) as change_half_unit,
        half_unit(coalesce(base_amount_text, '0'), unit) as base_half_unit,
        'narrative_claims ' || source_ref as place
    from marts.fct_narrative_claims
),

printed_claims as (
    select
        disclosure_id,
        claim_number,
        max(account_code) as account_code,
        max(printed_yuan) as printed_yuan
    from working.rec_claims
    group by all
),

-- The same quantity as last year's document prints it.
totals_of_measures as (
    select
        disclosure_id,
        measure,
        max(printed_yuan) as printed_yuan,
        max(printed_half_unit) as printed_half_unit,
        min(printed_place) as printed_place
    from working.rec_claims
    where rule_code <> 'NT-05' and printed_yuan is not null
    group by all
),

accounts as (
    select
        disclosure_id,
        account_code,
        min(account_name) as account_name,
        max(amount_yuan) as amount_yuan,
        min(table_name || ' ' || source_ref) as place
    from marts.fct_published_amounts
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and account_code is not null
        and row_role <> 'stray'
    group by all
),

claims_and_earlier as (
    select
        claims.*,
        printed_claims.printed_yuan,
        earlier_disclosures.earlier_disclosure_id,
        case
            when claims.measure <> 'function_item' then totals_of_measures.printed_yuan
            -- An account that last year's tables do not have had nothing.
            when
                printed_claims.account_code is not null
                and earlier_disclosures.earlier_disclosure_id is not null
                then coalesce(accounts.amount_yuan, 0)
        end as earlier_yuan,
        coalesce(totals_of_measures.printed_half_unit, 0) as earlier_half_unit,
        earlier_disclosures.earlier_disclosure_id
        || ' '
        || coalesce(totals_of_measures.printed_place, accounts.place) as earlier_place
    from claims_of_prose as claims
    left join printed_claims
        on
            claims.disclosure_id = printed_claims.disclosure_id
            and claims.claim_number = printed_claims.claim_number
    left join earlier_disclosures
        on
            claims.disclosure_id = earlier_disclosures.disclosure_id
            and claims.compared_stage = earlier_disclosures.base_stage
    left join totals_of_measures
        on
            earlier_disclosures.earlier_disclosure_id = totals_of_measures.disclosure_id
            and claims.measure = totals_of_measures.measure
    left join accounts
        on
            earlier_disclosures.earlier_disclosure_id = accounts.disclosure_id
            and printed_claims.account_code = accounts.account_code
    where
        claims.base_year = claims.fiscal_year - 1
        and claims.measure in (
            'total_revenue',
            'total_expenditure',
            'fiscal_appropriation_revenue',
            'fiscal_appropriation_expenditure',
            'general_public_budget_expenditure',
            'government_funds_expenditure',
            'state_capital_expenditure',
            'function_item'
        )
),

changes as (
    select
        'XY-01' as rule_code,
        disclosure_id,
        subject,
        signed_change_yuan as stated_yuan,
        coalesce(printed_yuan, amount_yuan) - earlier_yuan as computed_yuan,
        -- Both totals were rounded before they were subtracted, and so was what is left.
        half_unit * 2 + change_half_unit + earlier_half_unit as tolerance_yuan,
        true as is_equality,
        concat_ws(' ', direction_text, change_text || unit) as stated_text,
        place as stated_source,
        earlier_place as computed_source
    from claims_and_earlier
    where signed_change_yuan is not null and coalesce(printed_yuan, amount_yuan) is not null
),

bases as (
    select
        'XY-02' as rule_code,
        disclosure_id,
        subject,
        base_amount_yuan as stated_yuan,
        earlier_yuan as computed_yuan,
        base_half_unit + earlier_half_unit as tolerance_yuan,
        true as is_equality,
        concat_ws(' ', base_year, compared_stage, base_amount_text || unit) as stated_text,
        place as stated_source,
        earlier_place as computed_source
    from claims_and_earlier
    where base_amount_yuan is not null
),

renamed_codes as (
    select
        from_code as function_code,
        string_agg(distinct from_name, '|' order by from_name) as former_names
    from reference.classification_changes
    where classification = 'function' and kind = 'rename'
    group by all
),

-- A code that means something else than last year is no line to compare along.
aliases as (
    select
        functions.function_code,
        '|'
        || comparable_name(concat_ws('|', functions.function_name, functions.other_names, functions.name_in_2010_list, renamed_codes.former_names))
        || '|' as names
    from reference.functions as functions
    left join renamed_codes
        on functions.function_code = renamed_codes.function_code
),

codes_of_two_years as (
    select
        'XY-03' as rule_code,
        accounts.disclosure_id,
        'account ' || accounts.account_code as subject,
        comparable_name(accounts.account_name)
        <> comparable_name(earlier_accounts.account_name)
        and not coalesce(
            aliases.names like '%|' || comparable_name(accounts.account_name) || '|%'
            and aliases.names
            like '%|' || comparable_name(earlier_accounts.account_name) || '|%',
            false
        ) as is_broken,
        accounts.amount_yuan as stated_yuan,
        accounts.account_name as stated_text,
        earlier_accounts.account_name as computed_text,
        accounts.place as stated_source
    from accounts
    inner join earlier_disclosures
        on accounts.disclosure_id = earlier_disclosures.disclosure_id
    inner join disclosures
        on accounts.disclosure_id = disclosures.disclosure_id
    inner join accounts as earlier_accounts
        on
            earlier_disclosures.earlier_disclosure_id = earlier_accounts.disclosure_id
            and accounts.account_code = earlier_accounts.account_code
    left join aliases
        on accounts.account_code = aliases.function_code
    where
        earlier_disclosures.base_stage
        = case disclosures.stage when 'final_accounts' then 'executed' else disclosures.stage end
),

percentages_over_nothing as (
    select
        'XY-04' as rule_code,
        disclosure_id,
        subject,
        coalesce(change_ratio, 0) <> 0
        and coalesce(base_amount_yuan, amount_yuan - signed_change_yuan) = 0 as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(
            ' ', 'from', base_amount_text || unit, direction_text, change_percent_text
        ) as stated_text,
        'no percentage over a base of zero' as computed_text,
        place as stated_source
    from claims_of_prose
    where
        direction is not null
        and amount_yuan is not null
        and (
            base_amount_yuan is not null
            or (change_ratio is not null and signed_change_yuan is not null)
        )
),

projects as (
    select
        *,
        comparable_name(project_name) as comparable_project
    from marts.fct_projects
),

earlier_projects as (
    select
        disclosure_id,
        comparable_project
    from projects
    group by all
),

projects_of_earlier_years as (
    select
        'XY-05' as rule_code,
        projects.disclosure_id,
        'project ' || projects.project_name as subject,
        min(earlier_projects.comparable_project) is null
        and coalesce(max(projects.carryover_yuan), 0) = 0 as is_broken,
        max(projects.annual_yuan) as stated_yuan,
        'approved in earlier years, ' || cast(coalesce(max(projects.carryover_yuan), 0) as text)
        || ' carried over' as stated_text,
        'the project in an earlier disclosure, or something carried over' as computed_text,
        min('projects ' || projects.source_ref) as stated_source
    from projects
    left join earlier_disclosures
        on projects.disclosure_id = earlier_disclosures.disclosure_id
    left join earlier_projects
        on
            earlier_disclosures.earlier_disclosure_id = earlier_projects.disclosure_id
            and projects.comparable_project = earlier_projects.comparable_project
    where regexp_full_match(projects.project_name, '.*(历年|以前年度|往年|上年结转|跨年|续建).*')
    group by projects.disclosure_id, projects.project_name
),

totals as (
    select
        disclosure_id,
        amount_yuan,
        table_name || ' ' || source_ref as place
    from marts.fct_published_amounts
    where
        table_name = 'expenditure_by_function'
        and measure = 'total'
        and row_role = 'total'
        and amount_yuan is not null
),

-- Between budget and execution a fifth of the budget is left to adjustments within the year.
budgets_and_executions as (
    select
        'XY-07' as rule_code,
        executed.disclosure_id,
        'total expenditure against ' || budgeted.stage as subject,
        executed_totals.amount_yuan as stated_yuan,
        budgeted_totals.amount_yuan as computed_yuan,
        cast(budgeted_totals.amount_yuan * 0.2 as decimal(18, 2)) as tolerance_yuan,
        true as is_equality,
        'executed against ' || budgeted.stage as stated_text,
        executed_totals.place as stated_source,
        budgeted.disclosure_id || ' ' || budgeted_totals.place as computed_source
    from disclosures as executed
    inner join disclosures as budgeted
        on
            executed.organization_id = budgeted.organization_id
            and executed.scope = budgeted.scope
            and executed.fiscal_year = budgeted.fiscal_year
            and budgeted.stage <> 'final_accounts'
    inner join totals as executed_totals
        on executed.disclosure_id = executed_totals.disclosure_id
    inner join totals as budgeted_totals
        on budgeted.disclosure_id = budgeted_totals.disclosure_id
    where executed.stage = 'final_accounts'
),

statements as (

    select * from codes_of_two_years
    union all
    select * from percentages_over_nothing
    union all
    select * from projects_of_earlier_years

),

claims as (

    select * from changes
    union all
    select * from bases
    union all
    select * from budgets_and_executions

)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family classification, disclosure and subject checked.
create view working.rec_classification as
with account_rows as (
    select
        *,
        case table_name when 'basic_expenditure_by_economic' then 'economic' else 'function' end
            as classification,
        concat_ws(' ', table_name, source_ref) as place
    from marts.fct_published_amounts
    where measure = 'total' and row_role <> 'stray' and has_valid_code is not null
),

known_classes as (
    select
        classification,
        substr(account_code, 1, 3) as class_code
    from working.known_codes
    group by all
),

totals as (
    select
        disclosure_id,
        sum(amount_yuan) as total_yuan
    from account_rows
    where table_name = 'expenditure_by_function' and row_role = 'total'
    group by all
),

-- An item that ends in 99 holds what has no item of its own.
residual_items as (
    select
        'CC-08' as rule_code,
        account_rows.disclosure_id,
        'function item ' || account_rows.account_code as subject,
        account_rows.amount_yuan * 2 > totals.total_yuan as is_broken,
        account_rows.amount_yuan as stated_yuan,
        account_rows.account_name
        || ' '
        || cast(
            cast(
                ratio(account_rows.amount_yuan, totals.total_yuan) * 100 as decimal(9, 1)
            ) as text
        )
        || '%' as stated_text,
        'at most half of all expenditure in an item for the rest' as computed_text,
        account_rows.place as stated_source
    from account_rows
    inner join totals
        on account_rows.disclosure_id = totals.disclosure_id
    where
        account_rows.table_name = 'expenditure_by_function'
        and account_rows.level = 'item'
        and account_rows.account_code like '%99'
        and totals.total_yuan > 0
),

-- How much of a table's amounts stands under codes of the catalogue.
joined_amounts as (
    select
        account_rows.disclosure_id,
        account_rows.table_name,
        sum(account_rows.amount_yuan) as amount_yuan,
        sum(
            case when known_codes.account_code is not null then account_rows.amount_yuan else 0 end
        ) as joined_yuan,
        count(case when account_rows.account_code is null then account_rows.amount_yuan end)
        + count(case when known_classes.class_code is null then account_rows.amount_yuan end)
            as amounts_without_class,
        min(account_rows.place) as place
    from account_rows
    left join working.known_codes
        on
            account_rows.classification = known_codes.classification
            and account_rows.account_code = known_codes.account_code
    left join known_classes
        on
            account_rows.classification = known_classes.classification
            and account_rows.class_code = known_classes.class_code
    where account_rows.row_role = 'leaf' and account_rows.amount_yuan <> 0
    group by all
),

amounts_in_catalogue as (
    select
        'CC-09' as rule_code,
        disclosure_id,
        table_name as subject,
        amount_yuan as stated_yuan,
        case when joined_yuan = amount_yuan or amounts_without_class > 0 then joined_yuan end
            as computed_yuan,
        0 as tolerance_yuan,
        true as is_equality,
        'amounts under codes of the catalogue' as stated_text,
        place as stated_source,
        cast(null as text) as computed_source
    from joined_amounts
),

statements as (
    select * from residual_items

),

claims as (
    select * from amounts_in_catalogue
)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family projects, disclosure and subject checked.
create view working.rec_projects as
with projects as (
    select
        projects.*,
        'project ' || cast(projects.project_number as text) || ' ' || projects.project_name
            as subject,
        comparable_name(projects.project_name) as comparable_project,
        'projects ' || projects.source_ref as place,
        organizations.organization_name
    from marts.fct_projects as projects
    inner join marts.dim_organizations as organizations
        on projects.organization_id = organizations.organization_id
),

forms as (
    select
        disclosure_id,
        sum(fiscal_yuan) as fiscal_yuan,
        count(*) as forms,
        min(place) as place
    from projects
    where fiscal_yuan is not null
    group by all
),

project_expenditures as (
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan,
        max(half_unit) as half_unit,
        max(unit) as unit,
        min(table_name || ' ' || source_ref) as place
    from marts.fct_published_amounts
    where
        table_name = 'expenditure_by_function'
        and measure = 'project'
        and row_role = 'total'
        and amount_yuan is not null
    group by all
),

-- Not every project need have a form: the forms may come to less, but not to a little less.
forms_and_table as (
    select
        'PJ-01' as rule_code,
        forms.disclosure_id,
        'project expenditure' as subject,
        project_expenditures.amount_yuan as stated_yuan,
        forms.fiscal_yuan as computed_yuan,
        case when project_expenditures.unit = '元' then 0 else project_expenditures.half_unit end
            as tolerance_yuan,
        forms.fiscal_yuan * 100 >= project_expenditures.amount_yuan * 99 as is_equality,
        cast(forms.forms as text) || ' forms' as stated_text,
        project_expenditures.place as stated_source,
        forms.place as computed_source
    from forms
    left join project_expenditures
        on forms.disclosure_id = project_expenditures.disclosure_id
),

-- A project of one year asks for all its money in that year.
years_and_totals as (
    select
        'PJ-04' as rule_code,
        disclosure_id,
        subject,
        total_yuan as stated_yuan,
        annual_yuan as computed_yuan,
        0 as tolerance_yuan,
        coalesce(
            extract(year from starts_on) = fiscal_year and extract(year from ends_on) = fiscal_year,
            false
        ) as is_equality,
        concat_ws(' to ', cast(starts_on as text), cast(ends_on as text)) as stated_text,
        place as stated_source,
        place as computed_source
    from projects
    where total_yuan is not null and annual_yuan is not null
),

dates as (
    select
        'PJ-05' as rule_code,
        disclosure_id,
        subject,
        case
            when starts_on > ends_on then true
            when form_fiscal_year <> fiscal_year then true
            when extract(year from starts_on) > fiscal_year then true
            when extract(year from ends_on) < fiscal_year then true
            when starts_on is not null and ends_on is not null then false
        end as is_broken,
        annual_yuan as stated_yuan,
        concat_ws(
            ' ',
            cast(form_fiscal_year as text),
            concat_ws(' to ', cast(starts_on as text), cast(ends_on as text))
        ) as stated_text,
        'the fiscal year ' || cast(fiscal_year as text) as computed_text,
        place as stated_source
    from projects
),

names_of_projects as (
    select
        disclosure_id,
        comparable_project,
        count(*) as forms,
        min(project_number) as first_number
    from projects
    group by all
),

organization_of_forms as (
    select
        'PJ-07' as rule_code,
        projects.disclosure_id,
        projects.subject,
        projects.project_number <> names_of_projects.first_number
        or not (
            coalesce(
                comparable_name(projects.implementing_organization_name)
                like '%' || comparable_name(projects.organization_name) || '%'
                or comparable_name(projects.organization_name)
                like '%' || comparable_name(projects.implementing_organization_name),
                false
            )
            or coalesce(
                comparable_name(projects.supervising_organization_name)
                like '%' || comparable_name(projects.organization_name) || '%'
                or comparable_name(projects.organization_name)
                like '%' || comparable_name(projects.supervising_organization_name),
                false
            )
            or (
                projects.implementing_organization_name is null
                and projects.supervising_organization_name is null
            )
        ) as is_broken,
        projects.annual_yuan as stated_yuan,
        concat_ws(
            ', ',
            projects.project_name,
            projects.supervising_organization_name,
            projects.implementing_organization_name
        ) as stated_text,
        case
            when projects.project_number <> names_of_projects.first_number
                then 'a name that no other form has'
            else projects.organization_name
        end as computed_text,
        projects.place as stated_source
    from projects
    inner join names_of_projects
        on
            projects.disclosure_id = names_of_projects.disclosure_id
            and projects.comparable_project = names_of_projects.comparable_project
),

indicators as (
    select
        *,
        'indicator ' || cast(indicator_number as text) || ' ' || coalesce(indicator_name, '')
            as subject,
        comparable_name(indicator_name) as comparable_indicator,
        'performance_targets ' || source_ref as place
    from marts.fct_performance_targets
),

kinds_of_indicators as (
    select
        disclosure_id,
        project_name,
        max(
            case
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%产出%' then 1
                when indicator_level_2 like '%数量%' or indicator_level_2 like '%质量%' then 1
                else 0
            end
        ) as has_output,
        max(
            case
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%效益%' then 1
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%效果%' then 1
                when indicator_level_2 like '%可持续影响%' then 1
                else 0
            end
        ) as has_benefit,
        max(
            case
                when concat_ws(' ', indicator_level_1, indicator_level_2) like '%满意度%' then 1
                else 0
            end
        ) as has_satisfaction,
        min(place) as place
    from indicators
    group by all
),

indicators_complete as (
    select
        'PJ-09' as rule_code,
        disclosure_id,
        'project ' || project_name as subject,
        has_output + has_benefit + has_satisfaction < 3 as is_broken,
        null as stated_yuan,
        concat_ws(
            ', ',
            case when has_output = 1 then '产出' end,
            case when has_benefit = 1 then '效益' end,
            case when has_satisfaction = 1 then '满意度' end
        ) as stated_text,
        '产出, 效益, 满意度' as computed_text,
        place as stated_source
    from kinds_of_indicators
),

-- What kind of value an indicator asks for by its name, and what kind its target is.
kinds_of_values as (
    select
        *,
        coalesce(indicator_level_2 like '%数量%', false)
        and regexp_full_match(comparable_indicator, '.*(数|数量|人次|次数|场次|面积|购置|采购|开发|建设|制作|安装)') as is_count,
        regexp_full_match(comparable_indicator, '.*[^效功]率') as is_rate,
        regexp_full_match(comparable_indicator, '.*(面积|数|数量|次|个|户|家|台|场|套|份)占比')
            as is_share,
        regexp_full_match(printed_digits(target_text), '[<>=≥≤]+.*') as has_comparator,
        regexp_full_match(printed_digits(target_text), '.*[0-9%百全零无].*') as has_number
    from indicators
),

values_fit as (
    select
        'PJ-10' as rule_code,
        disclosure_id,
        subject,
        (is_count and not is_share and replace(target_text, '%', '') <> target_text)
        or (has_comparator and target_value is null)
        or (is_rate and not has_number) as is_broken,
        null as stated_yuan,
        project_name || ': ' || target_text as stated_text,
        case
            when has_comparator and target_value is null then 'one number after the sign'
            when is_rate and not has_number then 'a number for a rate'
            when is_count then 'a count'
        end as computed_text,
        place as stated_source
    from kinds_of_values
    where target_text is not null and indicator_name is not null
),

placeholders as (
    select
        'PJ-11' as rule_code,
        disclosure_id,
        subject,
        regexp_full_match(comparable_indicator, '((数量|质量|时效|成本|产出|效益|社会|经济|生态|绩效|三级|二级|一级|中的|的|值|[0-9])*(指标|目标)(名称|值)?(数量|质量|[0-9一二三四五]|…|[.])*)|.*([xX×]{2,}|示例|请填|待填|待定).*')
        or regexp_full_match(comparable_name(target_text), '指标值|目标值|.*([xX×]{2,}|示例|请填|待填|待定).*') as is_broken,
        null as stated_yuan,
        concat_ws(': ', project_name, indicator_name) as stated_text,
        'an indicator of the project' as computed_text,
        place as stated_source
    from indicators
    where indicator_name is not null and target_text is not null
),

statements as (

    select * from dates
    union all
    select * from organization_of_forms
    union all
    select * from indicators_complete
    union all
    select * from values_fit
    union all
    select * from placeholders

),

claims as (

    select * from forms_and_table
    union all
    select * from years_and_totals

)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from claims;

-- One row per rule of the family completeness, disclosure and subject checked.
create view working.rec_completeness as
-- The tables of a budget; final accounts have tables of their own. The nine tables and the notes
-- are Shanghai's set: elsewhere the same may stand under another name, so that what was not
-- transcribed need not be missing.
with disclosures as (
    select
        disclosures.*,
        organizations.region_code like '31%' as has_known_form
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    where disclosures.stage <> 'final_accounts'
),

required_tables as (
        select
            'DC-01' as rule_code,
            'revenue_expenditure_summary' as table_name
        union all
        select
            'DC-02' as rule_code,
            'revenue_by_function' as table_name
        union all
        select
            'DC-03' as rule_code,
            'expenditure_by_function' as table_name
        union all
        select
            'DC-04' as rule_code,
            'fiscal_appropriation_summary' as table_name
        union all
        select
            'DC-05' as rule_code,
            'general_public_budget_by_function' as table_name
        union all
        select
            'DC-06' as rule_code,
            'basic_expenditure_by_economic' as table_name
        union all
        select
            'DC-07' as rule_code,
            'three_public_expenses' as table_name
        union all
        select
            'DC-08' as rule_code,
            'government_funds_by_function' as table_name
        union all
        select
            'DC-09' as rule_code,
            'state_capital_by_function' as table_name

),

amounts as (
    select
        *,
        concat_ws(' ', table_name, source_ref) as place
    from marts.fct_published_amounts
    where row_role <> 'stray'
),

printed_tables as (
    select
        disclosure_id,
        table_name,
        min(place) as place
    from (
        select
            disclosure_id,
            table_name,
            place
        from amounts
        union all
        select
            disclosure_id,
            table_name,
            concat_ws(' ', table_name, source_ref) as place
        from marts.fct_published_tables
    ) as places
    group by all
),

contents as (
    select
        disclosure_id,
        table_name,
        sum(abs(amount_yuan)) as amount_yuan,
        count(case when level = 'item' and amount_yuan <> 0 then 1 end) as items,
        sum(case measure when 'vehicle_total' then amount_yuan end) as vehicle_yuan,
        count(
            case when measure in ('vehicle_purchase', 'vehicle_operation') then amount_yuan end
        ) as vehicle_parts,
        count(case measure when 'agency_operating_expenses' then 1 end) as agency_columns
    from amounts
    group by all
),

tables_published as (
    select
        required_tables.rule_code,
        disclosures.disclosure_id,
        required_tables.table_name as subject,
        case
            when printed_tables.table_name is null and not disclosures.has_known_form then null
            else printed_tables.table_name is null
        end
        or coalesce(
            required_tables.table_name in (
                'general_public_budget_by_function', 'basic_expenditure_by_economic'
            )
            and contents.amount_yuan > 0
            and contents.items = 0,
            false
        )
        or coalesce(
            required_tables.table_name = 'three_public_expenses'
            and contents.vehicle_yuan > 0
            and contents.vehicle_parts = 0,
            false
        ) as is_broken,
        null as stated_yuan,
        case when printed_tables.table_name is null then 'not printed' else 'printed' end
            as stated_text,
        case
            when required_tables.table_name = 'three_public_expenses'
                then 'the table, with purchase and operation of vehicles'
            when
                required_tables.table_name in (
                    'general_public_budget_by_function', 'basic_expenditure_by_economic'
                )
                then 'the table, down to the last level'
            else 'the table'
        end as computed_text,
        coalesce(printed_tables.place, 'the whole document') as stated_source
    from disclosures
    cross join required_tables
    inner join reference.reconciliation_rules as rules
        on
            required_tables.rule_code = rules.rule_code
            and disclosures.fiscal_year >= cast(rules.from_fiscal_year as integer)
    left join printed_tables
        on
            disclosures.disclosure_id = printed_tables.disclosure_id
            and required_tables.table_name = printed_tables.table_name
    left join contents
        on
            disclosures.disclosure_id = contents.disclosure_id
            and required_tables.table_name = contents.table_name
),

remarks as (
    select
        tables.disclosure_id,
        tables.fiscal_year,
        tables.table_name,
        tables.remark,
        coalesce(contents.amount_yuan, 0) as amount_yuan,
        concat_ws(' ', tables.table_name, tables.source_ref) as place,
        coalesce(
            regexp_full_match(tables.remark, '.*(空表|为零|均为0|无|没有|未安排|不涉及|未发生).*'),
            false
        ) as says_empty
    from marts.fct_published_tables as tables
    left join contents
        on
            tables.disclosure_id = contents.disclosure_id
            and tables.table_name = contents.table_name
),

empty_tables as (
    select
        'DC-10' as rule_code,
        disclosure_id,
        table_name as subject,
        not says_empty as is_broken,
        null as stated_yuan,
        coalesce(remark, 'no note') as stated_text,
        'a note that the table is empty' as computed_text,
        place as stated_source
    from remarks
    where amount_yuan = 0
),

-- 空表 is the word of such a note: 无 alone may speak of one line of a table that is filled.
notes_and_tables as (
    select
        'DC-19' as rule_code,
        disclosure_id,
        table_name as subject,
        (amount_yuan > 0 and remark like '%空表%')
        or (
            table_name = 'government_funds_by_function'
            and remark like '%国有资本%'
            and remark not like '%政府性基金%'
        )
        or (
            table_name = 'state_capital_by_function'
            and remark like '%政府性基金%'
            and remark not like '%国有资本%'
        )
        or (
            regexp_full_match(remark, '.*(19|20)[0-9]{2} ?年.*')
            and remark not like '%' || cast(fiscal_year as text) || '%'
        ) as is_broken,
        amount_yuan as stated_yuan,
        remark as stated_text,
        case
            when amount_yuan > 0 then 'no such note under a table with amounts'
            else 'the fund and the year of the table'
        end as computed_text,
        place as stated_source
    from remarks
    where says_empty
),

instructions as (
    select
        'DC-20' as rule_code,
        disclosure_id,
        table_name as subject,
        coalesce(
            regexp_full_match(remark, '.*(手工填|请.{0,12}(填|修改|删除|调整|选择)|(填写|填报|填表)说明|填报时|自行填|自动生成|公式|模板|示例|[xX×]{2,}).*'),
            false
        )
        or coalesce(regexp_full_match(title, '.*([xX×]{2,}|示例|模板|样表).*'), false) as is_broken,
        null as stated_yuan,
        coalesce(remark, title) as stated_text,
        'no instruction of the template' as computed_text,
        place as stated_source
    from (
        select
            tables.*,
            concat_ws(' ', tables.table_name, tables.source_ref) as place
        from marts.fct_published_tables as tables
    ) as tables
),

-- What the prose says; a document whose prose holds no figure at all was not read, or has none.
prose as (
    select
        disclosure_id,
        count(*) as claims,
        count(case measure when 'agency_operating_expenses' then 1 end) as agency_claims,
        count(case measure when 'procurement_total' then 1 end) as procurement_totals,
        max(case measure when 'procurement_total' then amount_yuan end) as procurement_yuan,
        count(
            case
                when
                    measure in (
                        'procurement_goods', 'procurement_works', 'procurement_services'
                    )
                    then 1
            end
        ) as procurement_parts,
        count(case measure when 'performance_project_amount' then 1 end) as performance_claims,
        min('narrative_claims ' || source_ref) as place
    from marts.fct_narrative_claims
    group by all
),

other_statements as (
    select
        disclosure_id,
        count(case when subject like 'agency_operating_expenses%' then 1 end) as agency_statements,
        count(case when subject like 'procurement%' then 1 end) as procurement_statements,
        count(case when subject like 'performance_project%' then 1 end) as performance_statements
    from marts.fct_statements
    group by all
),

forms as (
    select
        disclosure_id,
        count(*) as forms
    from marts.fct_projects
    group by all
),

project_expenditures as (
    select
        disclosure_id,
        sum(amount_yuan) as project_yuan
    from amounts
    where
        table_name = 'expenditure_by_function' and measure = 'project' and row_role = 'total'
    group by all
),

parts_of_prose as (
    select
        disclosures.disclosure_id,
        disclosures.published_on,
        disclosures.source_url,
        disclosures.fiscal_year,
        disclosures.has_known_form,
        coalesce(prose.claims, 0) as claims,
        coalesce(prose.agency_claims, 0)
        + coalesce(other_statements.agency_statements, 0)
        + coalesce(contents.agency_columns, 0) as agency_statements,
        coalesce(prose.procurement_totals, 0) + coalesce(other_statements.procurement_statements, 0)
            as procurement_statements,
        coalesce(prose.procurement_yuan, 0) as procurement_yuan,
        coalesce(prose.procurement_parts, 0) as procurement_parts,
        coalesce(prose.performance_claims, 0)
        + coalesce(other_statements.performance_statements, 0)
        + coalesce(forms.forms, 0) as performance_statements,
        coalesce(project_expenditures.project_yuan, 0) as project_yuan,
        coalesce(prose.place, 'the whole document') as place
    from disclosures
    left join prose
        on disclosures.disclosure_id = prose.disclosure_id
    left join other_statements
        on disclosures.disclosure_id = other_statements.disclosure_id
    left join forms
        on disclosures.disclosure_id = forms.disclosure_id
    left join contents
        on
            disclosures.disclosure_id = contents.disclosure_id
            and contents.table_name = 'three_public_expenses'
    left join project_expenditures
        on disclosures.disclosure_id = project_expenditures.disclosure_id
),

agency_expenses_stated as (
    select
        'DC-13' as rule_code,
        disclosure_id,
        'agency_operating_expenses' as subject,
        case
            when agency_statements > 0 then false
            when claims > 0 and has_known_form then true
        end as is_broken,
        null as stated_yuan,
        case when agency_statements = 0 then 'not stated' else 'stated' end as stated_text,
        'an amount, or that there is none' as computed_text,
        place as stated_source
    from parts_of_prose
),

procurement_stated as (
    select
        'DC-14' as rule_code,
        disclosure_id,
        'procurement' as subject,
        case
            when procurement_statements > 0
                then procurement_yuan > 0 and procurement_parts = 0
            when claims > 0 and has_known_form then true
        end as is_broken,
        procurement_yuan as stated_yuan,
        case
            when procurement_statements = 0 then 'not stated'
            else cast(procurement_parts as text) || ' parts stated'
        end as stated_text,
        'a total, split into goods, works and services' as computed_text,
        place as stated_source
    from parts_of_prose
),

performance_stated as (
    select
        'DC-16' as rule_code,
        disclosure_id,
        'performance targets' as subject,
        case
            when performance_statements > 0 then false
            when has_known_form then true
        end as is_broken,
        project_yuan as stated_yuan,
        case when performance_statements = 0 then 'not stated' else 'stated' end as stated_text,
        'performance targets of the key projects' as computed_text,
        place as stated_source
    from parts_of_prose
    where project_yuan > 0 and claims > 0
),

-- The day of approval is in no table. Congresses approve between December and June: a budget
-- published outside of that time cannot have kept the twenty days.
publications as (
    select
        'DC-18' as rule_code,
        disclosure_id,
        'publication' as subject,
        case
            when published_on is not null
                then
                    extract(year from published_on) * 100 + extract(month from published_on)
                    not between (fiscal_year - 1) * 100 + 12 and fiscal_year * 100 + 7
        end as is_broken,
        null as stated_yuan,
        concat_ws(' ', cast(published_on as text), source_url) as stated_text,
        'within 20 days of approval' as computed_text,
        'disclosure' as stated_source
    from parts_of_prose
    where disclosure_id in (
        select disclosures.disclosure_id
        from disclosures
        where disclosures.stage = 'initial_budget'
    )
),

statements as (

    select * from tables_published
    union all
    select * from empty_tables
    union all
    select * from notes_and_tables
    union all
    select * from instructions
    union all
    select * from agency_expenses_stated
    union all
    select * from procurement_stated
    union all
    select * from performance_stated
    union all
    select * from publications

)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements;

-- One row per rule of the family plausibility, disclosure and subject checked.
create view working.rec_plausibility as
with claims_of_prose as (
    select
        *,
        measure
        || coalesce(' ' || account_name, '')
        || ' claim '
        || cast(claim_number as text) as subject,
        'narrative_claims ' || source_ref as place
    from marts.fct_narrative_claims
),

reserves as (
    select
        disclosure_id,
        max(case measure when 'procurement_total' then amount_yuan end) as procurement_yuan,
        max(case measure when 'sme_reserved' then amount_yuan end) as sme_yuan,
        max(case measure when 'small_micro_reserved' then amount_yuan end) as small_yuan,
        max(half_unit) as half_unit,
        min(case measure when 'procurement_total' then place end) as procurement_place,
        min(case measure when 'sme_reserved' then place end) as sme_place
    from claims_of_prose
    where measure in ('procurement_total', 'sme_reserved', 'small_micro_reserved')
    group by all
),

-- 30% of procurement to small and medium enterprises, 60% of that to small and micro ones.
shares_of_enterprises as (
    select
        'PL-01' as rule_code,
        disclosure_id,
        'sme_reserved' as subject,
        sme_yuan as stated_yuan,
        cast(procurement_yuan * 0.3 as decimal(18, 2)) as computed_yuan,
        half_unit * 2 as tolerance_yuan,
        false as is_equality,
        'of ' || cast(procurement_yuan as text) || ' procured' as stated_text,
        sme_place as stated_source,
        procurement_place as computed_source
    from reserves
    where procurement_yuan > 0 and sme_yuan is not null
    union all
    select
        'PL-01' as rule_code,
        disclosure_id,
        'small_micro_reserved' as subject,
        small_yuan as stated_yuan,
        cast(sme_yuan * 0.6 as decimal(18, 2)) as computed_yuan,
        half_unit * 2 as tolerance_yuan,
        false as is_equality,
        'of ' || cast(sme_yuan as text) || ' reserved' as stated_text,
        sme_place as stated_source,
        sme_place as computed_source
    from reserves
    where sme_yuan > 0 and small_yuan is not null
),

amounts as (
    select
        *,
        table_name || ' ' || source_ref as place
    from marts.fct_published_amounts
    where row_role <> 'stray' and amount_yuan is not null
),

project_expenditures as (
    select
        disclosure_id,
        sum(amount_yuan) as amount_yuan
    from amounts
    where
        table_name = 'expenditure_by_function' and measure = 'project' and row_role = 'total'
    group by all
),

concentration as (
    select
        'PL-03' as rule_code,
        projects.disclosure_id,
        'project ' || cast(projects.project_number as text) || ' ' || projects.project_name
            as subject,
        projects.annual_yuan * 2 > project_expenditures.amount_yuan as is_broken,
        projects.annual_yuan as stated_yuan,
        'of ' || cast(project_expenditures.amount_yuan as text) || ' for all projects'
            as stated_text,
        'at most half in one project' as computed_text,
        'projects ' || projects.source_ref as stated_source
    from marts.fct_projects as projects
    inner join project_expenditures
        on projects.disclosure_id = project_expenditures.disclosure_id
    where projects.annual_yuan is not null
),

large_changes as (
    select
        'PL-04' as rule_code,
        disclosure_id,
        subject,
        change_yuan * 2
        > amount_yuan
        - case direction when 'increase' then change_yuan else -change_yuan end as is_broken,
        amount_yuan as stated_yuan,
        concat_ws(' ', direction_text, change_text || unit) as stated_text,
        'a change of at most half of last year' as computed_text,
        place as stated_source
    from claims_of_prose
    where
        change_yuan is not null
        and amount_yuan > 0
        and direction in ('increase', 'decrease')
        and measure in (
            'total_revenue', 'total_expenditure', 'fiscal_appropriation_expenditure'
        )
),

residuals as (
    select
        amounts.disclosure_id,
        sum(case when amounts.account_code like '%99' then amounts.amount_yuan else 0 end)
            as residual_yuan,
        sum(amounts.amount_yuan) as total_yuan,
        min(amounts.place) as place
    from amounts
    where
        amounts.table_name = 'basic_expenditure_by_economic'
        and amounts.measure = 'total'
        and amounts.row_role = 'leaf'
    group by all
),

residual_share as (
    select
        'PL-05' as rule_code,
        disclosure_id,
        'basic_expenditure_by_economic' as subject,
        residual_yuan * 10 > total_yuan * 3 as is_broken,
        residual_yuan as stated_yuan,
        'of ' || cast(total_yuan as text) || ' basic expenditure' as stated_text,
        'at most three tenths in items for the rest' as computed_text,
        place as stated_source
    from residuals
    where total_yuan > 0
),

-- Annuity contributions are 8% of the base of which pension contributions are 16%.
contributions as (
    select
        disclosure_id,
        sum(case account_code when '30108' then amount_yuan end) as pension_yuan,
        sum(case account_code when '30109' then amount_yuan end) as annuity_yuan,
        min(case account_code when '30109' then place end) as place
    from amounts
    where table_name = 'basic_expenditure_by_economic' and measure = 'total'
    group by all
),

payroll_ratios as (
    select
        'PL-06' as rule_code,
        disclosure_id,
        '30109 to 30108' as subject,
        annuity_yuan * 10 not between pension_yuan * 4 and pension_yuan * 6 as is_broken,
        annuity_yuan as stated_yuan,
        'of ' || cast(pension_yuan as text) || ' pension contributions' as stated_text,
        'about half of the pension contributions' as computed_text,
        place as stated_source
    from contributions
    where pension_yuan > 0 and annuity_yuan > 0
),

-- Round amounts are often equal; one to the yuan, in two classes of a table, seldom is by chance.
values_of_tables as (
    select
        disclosure_id,
        table_name,
        amount_yuan,
        count(distinct class_code) as classes,
        min(account_name) as first_name,
        max(account_name) as last_name,
        min(place) as place
    from amounts
    where
        table_name in ('expenditure_by_function', 'basic_expenditure_by_economic')
        and measure = 'total'
        and row_role = 'leaf'
        and account_code is not null
        and amount_yuan > 1000
        and amount_yuan <> round(amount_yuan, -2)
    group by all
),

repeated_values as (
    select
        'PL-07' as rule_code,
        disclosure_id,
        table_name || ' ' || cast(amount_yuan as text) as subject,
        classes > 1 as is_broken,
        amount_yuan as stated_yuan,
        first_name as stated_text,
        'another amount than ' || last_name as computed_text,
        place as stated_source
    from values_of_tables
),

statements as (

    select * from concentration
    union all
    select * from large_changes
    union all
    select * from residual_share
    union all
    select * from payroll_ratios
    union all
    select * from repeated_values

)

select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as text) as computed_source
    from statements
union all
select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then 'pass'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        excess_fen(stated_yuan - computed_yuan, tolerance_yuan, is_equality) as excess_fen,
        stated_text,
        cast(null as text) as computed_text,
        stated_source,
        computed_source
    from shares_of_enterprises;
