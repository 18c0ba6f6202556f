-- One row per disclosure: its grade, what would lift it, and the grade of the year before.
-- A document that was read in part, or hardly checked, has no grade: nobody is graded for what we
-- failed to read.
with readings as (
    select
        disclosure_id,
        sum(numbers_printed) as numbers_printed,
        sum(numbers_placed) as numbers_placed
    from {{ ref('fct_published_tables') }}
    group by disclosure_id
),

-- Of the rules on tables, which every document prints.
coverages as (
    select
        disclosure_id,
        sum(executed_count) as executed_count,
        sum(insufficient_data_count) as insufficient_data_count
    from {{ ref('fct_rule_coverage') }}
    where family in ('within_table', 'across_tables')
    group by disclosure_id
),

-- A failure that people found unfounded is no finding.
counts as (
    select
        disclosure_id,
        sum(case severity when 'error' then 1 else 0 end) as error_count,
        sum(case severity when 'warning' then 1 else 0 end) as warning_count
    from {{ ref('fct_findings') }}
    where coalesce(verdict, 'confirmed') <> 'unfounded'
    group by disclosure_id
),

checked as (
    select
        disclosures.disclosure_id,
        disclosures.organization_id,
        disclosures.fiscal_year,
        disclosures.stage,
        disclosures.scope,
        disclosures.is_current,
        coalesce(counts.error_count, 0) as error_count,
        coalesce(counts.warning_count, 0) as warning_count,
        case
            when
                coalesce(disclosures.reading, '') <> 'reviewed'
                and readings.numbers_printed is null
                then 'not_counted'
            when
                coalesce(disclosures.reading, '') <> 'reviewed'
                and coalesce(readings.numbers_printed > readings.numbers_placed, true)
                then 'half_read'
            when
                coalesce(coverages.executed_count, 0)
                < {{ of_threshold('graded_executed_share') }}
                * (coalesce(coverages.executed_count, 0) + coverages.insufficient_data_count)
                or coalesce(coverages.executed_count, 0) = 0
                then 'hardly_checked'
        end as not_graded_because
    from {{ ref('dim_disclosures') }} as disclosures
    left join readings
        on disclosures.disclosure_id = readings.disclosure_id
    left join coverages
        on disclosures.disclosure_id = coverages.disclosure_id
    left join counts
        on disclosures.disclosure_id = counts.disclosure_id
),

graded as (
    select
        *,
        case
            when not_graded_because is not null then null
            when error_count > {{ of_threshold('grade_c_error_count') }} then 'D'
            when error_count > 0 then 'C'
            when warning_count > 0 then 'B'
            else 'A'
        end as grade
    from checked
)

select
    graded.disclosure_id,
    graded.organization_id,
    graded.fiscal_year,
    graded.stage,
    graded.scope,
    graded.grade,
    graded.not_graded_because,
    cast(graded.error_count as integer) as error_count,
    cast(graded.warning_count as integer) as warning_count,
    -- So many findings of the gravest severity, mended, lift the grade by one step.
    case graded.grade when 'D' then 'C' when 'C' then 'B' when 'B' then 'A' end as next_grade,
    cast(
        case graded.grade
            when 'D' then graded.error_count - {{ of_threshold('grade_c_error_count') }}
            when 'C' then graded.error_count
            when 'B' then graded.warning_count
        end as integer
    ) as lifting_count,
    last_year.grade as last_year_grade,
    graded.is_current
from graded
left join graded as last_year
    on
        graded.organization_id = last_year.organization_id
        and graded.stage = last_year.stage
        and graded.scope = last_year.scope
        and graded.fiscal_year = last_year.fiscal_year + 1
        and last_year.is_current
