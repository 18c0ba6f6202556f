-- One row per disclosure with a column whose rows differ from its total by rounding alone: a note
-- says that figures are rounded. The document against itself.
with columns_of_tables as (
    select
        disclosure_id,
        table_name,
        measure,
        sum(case row_role when 'leaf' then amount_yuan end) as rows_yuan,
        max(case row_role when 'total' then amount_yuan end) as total_yuan,
        count(case row_role when 'total' then 1 end) as total_count,
        max(half_unit) * (count(case row_role when 'leaf' then 1 end) + 1) as tolerance_yuan,
        min(case row_role when 'total' then row_number end) as row_number,
        {{ first_source_ref("case row_role when 'total' then source_ref end") }} as source_ref
    from {{ ref('int_located_amounts') }}
    where
        table_name in (
            'revenue_by_function',
            'expenditure_by_function',
            'general_public_budget_by_function',
            'government_funds_by_function',
            'basic_expenditure_by_economic'
        )
        and row_role in ('leaf', 'total')
    group by disclosure_id, table_name, measure
),

rounded_columns as (
    select
        *,
        count(*) over (partition by disclosure_id) as column_count,
        row_number() over (
            partition by disclosure_id
            order by table_name, measure
        ) as column_rank
    from columns_of_tables
    where
        total_count = 1
        and rows_yuan <> total_yuan
        and abs(rows_yuan - total_yuan) <= tolerance_yuan
),

notes as (
    select
        disclosure_id,
        min(value_text) as value_text
    from {{ ref('int_narrative_statements') }}
    where subject = 'rounding_note'
    group by disclosure_id
),

checks as (
    select
        rounded_columns.disclosure_id,
        {{ said('rounding_note') }} as subject,
        notes.disclosure_id is null as is_failed,
        rounded_columns.total_yuan - rounded_columns.rows_yuan as stated_yuan,
        coalesce({{ printed('notes.value_text') }}, {{ said('no_note') }}) as stated_text,
        {{ place_of('stated', 'rounded_columns') }},
        rounded_columns.column_count
    from rounded_columns
    left join notes
        on rounded_columns.disclosure_id = notes.disclosure_id
    where rounded_columns.column_rank = 1
)

{{ judged_statements('checks', stated_row_count='column_count') }}
