-- One row per disclosure and product that its prose or a project form writes out: the factors give
-- the result. The document against itself.
with calculations as (
    {{ written_calculations() }}
),

-- A result ten thousand times too large or small is UC-04's.
checks as (
    select
        disclosure_id,
        {{ said('three_names', ["'calculation'", 'project', 'value_text']) }} as subject,
        max(stated_yuan) as stated_yuan,
        max(computed_yuan) as computed_yuan,
        max(half_unit) as tolerance_yuan,
        {{ printed('min(value_text)') }} as stated_text,
        min(table_name) as stated_table_name,
        min(row_number) as stated_row_number,
        {{ first_source_ref() }} as stated_source_ref,
        {{ no_place('computed') }}
    from calculations
    where
        not ({{ is_unit_slip('stated_yuan', 'computed_yuan') }})
        and not {{ matches('value_text', '.*(约|[%％‰+＋÷折]|千元|亿).*') }}
    group by disclosure_id, project, value_text
)

{{ judged_amounts('checks') }}
