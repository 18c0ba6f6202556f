-- One row per disclosure, table by account and measure that facts count, or the whole of them: its
-- printed total beside its leaves.
-- More than 150 lines: a total may stand in three places.
{%- set funds = ['general_public_budget', 'government_funds', 'state_capital'] %}
with counted_measures as (
    select
        disclosure_id,
        table_name,
        measure,
        case table_name
            when 'revenue_by_function' then counted_source
            when 'basic_expenditure_by_economic' then counted_component
            else counted_nature
        end is not null as is_part,
        is_whole
    from {{ ref('int_printed_measures') }}
    where
        table_name in (
            {%- for table_name in tables_by_account() %}
                '{{ table_name }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
),

counted_amounts as (
    select
        amounts.*,
        measures.is_part
    from {{ ref('fct_published_amounts') }} as amounts
    inner join counted_measures as measures
        on
            amounts.disclosure_id = measures.disclosure_id
            and amounts.table_name = measures.table_name
            and amounts.measure = measures.measure
            and (measures.is_part or measures.is_whole)
),

sums as (
    select
        disclosure_id,
        table_name,
        measure,
        max(is_part) as is_part,
        max(case row_role when 'total' then amount_yuan end) as total_yuan,
        sum(case row_role when 'leaf' then amount_yuan end) as leaf_yuan,
        count(
            case
                when
                    row_role = 'leaf'
                    and (
                        account_code is not null
                        -- Revenue may be listed by unit, without accounts.
                        or (table_name = 'revenue_by_function' and unit_name is not null)
                    )
                    then amount_yuan
            end
        ) as leaf_count,
        max(
            account_code is not null
            or row_role = 'unplaced'
            or (table_name = 'revenue_by_function' and unit_name is not null)
        ) as is_by_account,
        count(case when row_role = 'unplaced' and null_kind is null then 1 end) as unplaced_count,
        count(case when row_role = 'repeat' then 1 end) as repeat_count,
        -- Neither blank nor nil, and what of that has no amount in yuan, its unit being unknown.
        count(case when row_role <> 'repeat' and null_kind is null then 1 end) as figure_count,
        count(
            case when row_role <> 'repeat' and null_kind is null and amount_yuan is null then 1 end
        ) as unknown_count,
        sum(
            case
                when level = 'class' and row_role in ('leaf', 'subtotal') then amount_yuan
            end
        ) as class_yuan,
        max(case when level = 'class' and row_role = 'subtotal' then 1 else 0 end) as has_classes,
        max(
            case
                when row_role = 'leaf' and level <> 'class' and parent_row_key = 'total row' then 1
                else 0
            end
        ) as has_leaves_without_class,
        cast(
            min(case when null_kind = 'blank' then null else half_unit end) as decimal(28, 7)
        ) as half_unit
    from counted_amounts
    group by disclosure_id, table_name, measure
),

-- The facts count the sum of the columns of a row's parts.
parts as (
    select
        disclosure_id,
        table_name,
        sum(leaf_yuan) as counted_yuan,
        sum(leaf_count) as leaf_count,
        min(half_unit) as half_unit
    from sums
    where is_part
    group by disclosure_id, table_name
),

-- The totals that another table prints of one without: with the carryover to the next year, or
-- without.
other_tables as (
    select
        disclosure_id,
        case side
            when 'revenue' then 'revenue_by_function'
            else 'expenditure_by_function'
        end as table_name,
        max(case level when 'total' then amount_yuan end) as total_yuan,
        max(case level when 'subtotal' then amount_yuan end) as subtotal_yuan
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'revenue_expenditure_summary'
        and measure = 'amount'
        and level in ('total', 'subtotal')
    group by disclosure_id, side
    union all
    select
        disclosure_id,
        measure || '_by_function' as table_name,
        max(case level when 'total' then amount_yuan end) as total_yuan,
        max(case level when 'subtotal' then amount_yuan end) as subtotal_yuan
    from {{ ref('fct_published_amounts') }}
    where
        table_name = 'fiscal_appropriation_summary'
        and side = 'expenditure'
        and measure in (
            {%- for fund in funds %}
                '{{ fund }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
        and level in ('total', 'subtotal')
    group by disclosure_id, measure
    union all
    select
        disclosure_id,
        'basic_expenditure_by_economic' as table_name,
        total_yuan,
        cast(null as decimal(18, 2)) as subtotal_yuan
    from sums
    where table_name = 'general_public_budget_by_function' and measure = 'basic'
),

totals as (
    select
        sums.*,
        case
            when sums.measure = 'total' then coalesce(parts.counted_yuan, 0)
            else coalesce(sums.leaf_yuan, 0)
        end as counted_yuan,
        case
            when sums.total_yuan is not null then 'table'
            when sums.measure <> 'total' then null
            when coalesce(other_tables.total_yuan, other_tables.subtotal_yuan) is not null
                then 'other_table'
            when sums.has_classes = 1 and sums.has_leaves_without_class = 0 then 'classes'
        end as total_source,
        case
            when sums.total_yuan is not null or sums.measure <> 'total' then sums.total_yuan
            -- Whichever of the two lines the leaves come to.
            when
                abs(other_tables.subtotal_yuan - coalesce(parts.counted_yuan, 0))
                < coalesce(
                    abs(other_tables.total_yuan - coalesce(parts.counted_yuan, 0)),
                    abs(other_tables.subtotal_yuan - coalesce(parts.counted_yuan, 0)) + 1
                )
                then other_tables.subtotal_yuan
            when other_tables.total_yuan is not null then other_tables.total_yuan
            when sums.has_classes = 1 and sums.has_leaves_without_class = 0 then sums.class_yuan
        end as expected_yuan,
        case
            when sums.measure = 'total'
                then
                    least(sums.half_unit, coalesce(parts.half_unit, sums.half_unit))
                    * (coalesce(parts.leaf_count, sums.leaf_count) + 1)
            else sums.half_unit * (sums.leaf_count + 1)
        end as tolerance_yuan
    from sums
    left join parts
        on
            sums.disclosure_id = parts.disclosure_id
            and sums.table_name = parts.table_name
    left join other_tables
        on
            sums.disclosure_id = other_tables.disclosure_id
            and sums.table_name = other_tables.table_name
)

select
    totals.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    totals.table_name,
    totals.measure,
    totals.total_source,
    try_cast(totals.expected_yuan as decimal(18, 2)) as total_yuan,
    try_cast(totals.leaf_yuan as decimal(18, 2)) as leaf_yuan,
    try_cast(totals.counted_yuan as decimal(18, 2)) as counted_yuan,
    try_cast(totals.expected_yuan - totals.counted_yuan as decimal(18, 2)) as gap_yuan,
    try_cast(totals.tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
    cast(totals.leaf_count as integer) as leaf_count,
    cast(totals.unplaced_count as integer) as unplaced_count,
    cast(totals.repeat_count as integer) as repeat_count,
    cast(totals.figure_count as integer) as figure_count,
    case
        when totals.figure_count = 0 then false
        -- A T3 of units, or of a total alone, has no account to tie: the tables of funds have.
        when totals.table_name = 'expenditure_by_function' and not totals.is_by_account then null
        when totals.unknown_count > 0 or totals.leaf_count = 0 then true
        when totals.expected_yuan is null then case when totals.counted_yuan = 0 then false end
        else
            abs(totals.expected_yuan - totals.counted_yuan) > totals.tolerance_yuan
            or coalesce(
                abs(totals.expected_yuan - totals.leaf_yuan) > totals.tolerance_yuan, false
            )
    end as is_untied,
    disclosures.is_counted
from totals
inner join {{ ref('int_disclosures') }} as disclosures
    on totals.disclosure_id = disclosures.disclosure_id
