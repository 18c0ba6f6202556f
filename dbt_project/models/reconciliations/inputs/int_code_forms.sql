-- One row per disclosure and table that has a row without a place or a code of another shape: how
-- the table prints its codes. Some forms print names alone, or of each code only the part of its
-- own level: what all rows of a table do is no misprint.
with tables_in_doubt as (
    -- Few tables have such a row at all.
    select distinct
        disclosure_id,
        table_name
    from {{ ref('int_amounts_of_rules') }}
    where row_role = 'unplaced' or (not has_valid_code and row_role in ('leaf', 'subtotal'))
),

rows_in_doubt as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        min(amounts.level) as level,
        -- Below an item some print their own accounts, of seven digits.
        min(amounts.has_valid_code or amounts.level = 'sub_item') as has_valid_code,
        max(amounts.row_role in ('leaf', 'subtotal')) as is_placed,
        max(amounts.row_role = 'unplaced' and amounts.account_code is null) as is_uncoded,
        max(amounts.row_role = 'unplaced' and amounts.account_code is not null) as is_misprinted
    from {{ ref('int_amounts_of_rules') }} as amounts
    inner join tables_in_doubt
        on
            amounts.disclosure_id = tables_in_doubt.disclosure_id
            and amounts.table_name = tables_in_doubt.table_name
    group by amounts.disclosure_id, amounts.table_name, amounts.row_number
)

select
    disclosure_id,
    table_name,
    count(case when is_uncoded then 1 end) > count(case when is_placed then 1 end)
        as is_without_codes,
    count(case when is_placed and not has_valid_code then 1 end) * 2
    > count(case when is_placed and level <> 'class' then 1 end)
    -- Some print in every section only the part of its level.
    or (
        count(case when is_placed and level = 'section' then 1 end) > 0
        and count(case when is_placed and level = 'section' and has_valid_code then 1 end) = 0
        and count(case when is_placed and level <> 'section' and not has_valid_code then 1 end) = 0
    ) as is_of_own_levels,
    max(is_misprinted) as has_misprints
from rows_in_doubt
group by disclosure_id, table_name
