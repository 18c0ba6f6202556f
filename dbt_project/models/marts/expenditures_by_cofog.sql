-- One row per leaf line of spending that sums count, with the UN function (COFOG) it serves.
{{ config(materialized='view') }}
with functions as (
    select
        expenditures.*,
        coalesce(items.treatment, sections.treatment, 'unassigned') as treatment,
        case when items.function_code is not null then items.cofog_code else sections.cofog_code end
            as assigned_code,
        coalesce(items.confidence, sections.confidence, 'none') as confidence,
        coalesce(
            items.reason,
            sections.reason,
            'The list has no such section, or the document does not print one'
        ) as reason
    from {{ ref('expenditures') }} as expenditures
    left join {{ ref('function_cofog') }} as items
        on expenditures.item_code = items.function_code
    left join {{ ref('function_cofog') }} as sections
        on expenditures.section_code = sections.function_code
),

-- Sections of payments to or for staff: they follow the work, and do not tell what it is.
staff_sections as (
    select substr(function_code, 1, 5) as section_code
    from {{ ref('function_cofog') }}
    where treatment = 'staff_contribution'
    group by all
),

-- The employing function is known where all other basic expenditure serves a single one.
employing_functions as (
    select
        functions.disclosure_id,
        min(functions.assigned_code) as cofog_code
    from functions
    left join staff_sections
        on functions.section_code = staff_sections.section_code
    where functions.nature = 'basic' and staff_sections.section_code is null
    group by functions.disclosure_id
    having
        min(functions.assigned_code) = max(functions.assigned_code)
        and count(functions.assigned_code) = count(*)
),

lines as (
    select
        functions.*,
        case functions.treatment
            when 'staff_contribution' then employing_functions.cofog_code
            else functions.assigned_code
        end as cofog_code
    from functions
    left join employing_functions
        on functions.disclosure_id = employing_functions.disclosure_id
)

select
    lines.fiscal_year,
    lines.stage,
    lines.organization_name,
    lines.fund,
    lines.function_code,
    coalesce(lines.item_name, lines.section_name, lines.class_name) as function_name,
    lines.nature,
    lines.amount_yuan,
    substr(lines.cofog_code, 1, 2) as cofog_division_code,
    divisions.cofog_name as cofog_division_name,
    lines.cofog_code,
    cofog.cofog_name,
    lines.treatment,
    lines.confidence,
    lines.reason,
    lines.source_ref,
    lines.disclosure_id,
    lines.organization_id,
    lines.unit_name
from lines
left join {{ ref('cofog') }} as cofog
    on lines.cofog_code = cofog.cofog_code
left join {{ ref('cofog') }} as divisions
    on substr(lines.cofog_code, 1, 2) = divisions.cofog_code
