-- One row per comparison and node of the functional tree, the base in this year's codes.
-- More than 150 lines: the base is brought into the codes of this year.
{%- set levels = {'class': 3, 'section': 5, 'item': 7} %}
{%- set amounts = ['basic_yuan', 'project_yuan', 'total_yuan'] %}
{%- set amounts = amounts + ['base_basic_yuan', 'base_project_yuan', 'base_total_yuan'] %}
with comparisons as (
    select *
    from {{ ref('int_comparisons') }}
),

leaves as (
    select
        disclosure_id,
        function_code,
        sum(case nature when 'basic' then amount_yuan else 0 end) as basic_yuan,
        sum(case nature when 'project' then amount_yuan else 0 end) as project_yuan,
        sum(amount_yuan) as total_yuan,
        max(case nature when 'undivided' then 1 else 0 end) = 1 as is_undivided
    from {{ ref('fct_expenditures') }}
    group by all
),

changes as (
    select *
    from {{ ref('classification_changes') }}
    where classification = 'function' and kind <> 'rename'
),

-- A split's accounts can be compared where they meet again: in their section, class or only in all.
split_codes as (
    select
        from_code,
        effective_fiscal_year,
        case
            when
                min(length(to_code)) > 5
                and min(substr(to_code, 1, 5)) = substr(from_code, 1, 5)
                and max(substr(to_code, 1, 5)) = substr(from_code, 1, 5)
                then 5
            when
                min(length(to_code)) > 3
                and min(substr(to_code, 1, 3)) = substr(from_code, 1, 3)
                and max(substr(to_code, 1, 3)) = substr(from_code, 1, 3)
                then 3
            else 0
        end as comparable_digits
    from changes
    where kind = 'split'
    group by from_code, effective_fiscal_year
),

-- Codes that mean another thing than before, down to which level they can be compared all the same.
-- Amounts that a new class took over stood under codes that nobody has told.
incomparable_codes as (
    select
        from_code as function_code,
        effective_fiscal_year,
        comparable_digits
    from split_codes
    union all
    select
        changes.to_code as function_code,
        changes.effective_fiscal_year,
        split_codes.comparable_digits
    from changes
    inner join split_codes
        on
            changes.kind = 'split'
            and changes.from_code = split_codes.from_code
            and changes.effective_fiscal_year = split_codes.effective_fiscal_year
    union all
    select
        to_code as function_code,
        effective_fiscal_year,
        0 as comparable_digits
    from changes
    where kind = 'new'
),

year_pairs as (
    select
        base_fiscal_year,
        fiscal_year
    from comparisons
    where base_fiscal_year < fiscal_year
    group by all
),

codes as (
    select function_code
    from leaves
    group by all
),

used_codes as (
    select
        year_pairs.base_fiscal_year,
        year_pairs.fiscal_year,
        codes.function_code
    from year_pairs
    cross join codes
),

-- The code that last year's became; where a code and its section moved, the longer one counts.
moved_codes as (
    select
        used_codes.base_fiscal_year,
        used_codes.fiscal_year,
        used_codes.function_code,
        max_by(
            changes.to_code || substr(used_codes.function_code, length(changes.from_code) + 1),
            length(changes.from_code)
        ) as moved_code
    from used_codes
    inner join changes
        on
            changes.kind in ('move', 'merge')
            and used_codes.base_fiscal_year < changes.effective_fiscal_year
            and used_codes.fiscal_year >= changes.effective_fiscal_year
            and substr(used_codes.function_code, 1, length(changes.from_code)) = changes.from_code
    group by all
),

changed_codes as (
    select
        used_codes.base_fiscal_year,
        used_codes.fiscal_year,
        used_codes.function_code,
        min(incomparable_codes.comparable_digits) as comparable_digits
    from used_codes
    inner join incomparable_codes
        on
            used_codes.base_fiscal_year < incomparable_codes.effective_fiscal_year
            and used_codes.fiscal_year >= incomparable_codes.effective_fiscal_year
            and substr(used_codes.function_code, 1, length(incomparable_codes.function_code))
            = incomparable_codes.function_code
    group by all
),

leaves_of_both_years as (
    select
        comparisons.comparison_id,
        leaves.function_code,
        leaves.basic_yuan,
        leaves.project_yuan,
        leaves.total_yuan,
        0 as base_basic_yuan,
        0 as base_project_yuan,
        0 as base_total_yuan,
        leaves.is_undivided
    from comparisons
    inner join leaves
        on comparisons.disclosure_id = leaves.disclosure_id
    union all
    select
        comparisons.comparison_id,
        -- A code that this year's document prints as well did not move there.
        case
            when this_year.function_code is null
                then coalesce(moved_codes.moved_code, leaves.function_code)
            else leaves.function_code
        end as function_code,
        0 as basic_yuan,
        0 as project_yuan,
        0 as total_yuan,
        leaves.basic_yuan as base_basic_yuan,
        leaves.project_yuan as base_project_yuan,
        leaves.total_yuan as base_total_yuan,
        leaves.is_undivided
    from comparisons
    inner join leaves
        on
            comparisons.has_basis
            and comparisons.base_disclosure_id = leaves.disclosure_id
    left join moved_codes
        on
            comparisons.base_fiscal_year = moved_codes.base_fiscal_year
            and comparisons.fiscal_year = moved_codes.fiscal_year
            and leaves.function_code = moved_codes.function_code
    left join leaves as this_year
        on
            comparisons.disclosure_id = this_year.disclosure_id
            and leaves.function_code = this_year.function_code
),

compared_leaves as (
    select
        leaves_of_both_years.comparison_id,
        leaves_of_both_years.function_code,
        {%- for amount in amounts %}
            sum(leaves_of_both_years.{{ amount }}) as {{ amount }},
        {%- endfor %}
        max(leaves_of_both_years.is_undivided) as is_undivided,
        coalesce(min(changed_codes.comparable_digits), 7) as comparable_digits
    from leaves_of_both_years
    inner join comparisons
        on leaves_of_both_years.comparison_id = comparisons.comparison_id
    left join changed_codes
        on
            comparisons.base_fiscal_year = changed_codes.base_fiscal_year
            and comparisons.fiscal_year = changed_codes.fiscal_year
            and leaves_of_both_years.function_code = changed_codes.function_code
    group by leaves_of_both_years.comparison_id, leaves_of_both_years.function_code
),

nodes as (
    select
        comparison_id,
        'total' as function_code,
        'total' as level,
        {%- for amount in amounts %}
            try_cast(sum({{ amount }}) as decimal(18, 2)) as {{ amount }},
        {%- endfor %}
        max(is_undivided) as is_undivided,
        true as is_mapped
    from compared_leaves
    group by all
    {%- for level, digits in levels.items() %}
        union all
        select
            comparison_id,
            substr(function_code, 1, {{ digits }}) as function_code,
            '{{ level }}' as level,
            {%- for amount in amounts %}
                try_cast(sum({{ amount }}) as decimal(18, 2)) as {{ amount }},
            {%- endfor %}
            max(is_undivided) as is_undivided,
            min(comparable_digits) >= {{ digits }} as is_mapped
        from compared_leaves
        where length(function_code) >= {{ digits }}
        group by all
    {%- endfor %}
),

-- The share of the base that could be followed to the codes of this year.
mapped_shares as (
    select
        comparison_id,
        {{ ratio(
            'sum(case when comparable_digits = 7 then abs(base_total_yuan) else 0 end)',
            'sum(abs(base_total_yuan))'
        ) }} as mapped_ratio
    from compared_leaves
    group by all
)

select
    comparisons.*,
    nodes.function_code,
    nodes.level,
    nodes.basic_yuan,
    nodes.project_yuan,
    nodes.total_yuan,
    case when comparisons.has_basis then nodes.base_basic_yuan end as base_basic_yuan,
    case when comparisons.has_basis then nodes.base_project_yuan end as base_project_yuan,
    case when comparisons.has_basis then nodes.base_total_yuan end as base_total_yuan,
    nodes.is_undivided,
    nodes.is_mapped,
    mapped_shares.mapped_ratio
from nodes
inner join comparisons
    on nodes.comparison_id = comparisons.comparison_id
inner join mapped_shares
    on nodes.comparison_id = mapped_shares.comparison_id
-- Where one of the two years stops at a class or section, nothing below it can be compared.
left join compared_leaves as classes
    on
        comparisons.has_basis
        and nodes.comparison_id = classes.comparison_id
        and nodes.level in ('section', 'item')
        and substr(nodes.function_code, 1, 3) = classes.function_code
left join compared_leaves as sections
    on
        comparisons.has_basis
        and nodes.comparison_id = sections.comparison_id
        and nodes.level = 'item'
        and substr(nodes.function_code, 1, 5) = sections.function_code
where classes.function_code is null and sections.function_code is null
