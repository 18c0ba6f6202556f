-- One row per disclosure, table by account and column: the rows come to the total that is printed.
-- Arithmetic identity of the printed table
-- Rows that come to less than half of it are not all: some places leave out what is secret, and
-- some say so. Rows that come to the total of another column were all read.
with secrets as (
    select distinct disclosure_id
    from {{ ref('fct_published_tables') }}
    where {{ leaves_out_secrets('remark') }}
),

totals as (
    select
        totals.*,
        -- A total printed to the fen is not rounded.
        case
            when totals.tolerance_yuan > 0.005 * (totals.leaf_count + 1) then totals.tolerance_yuan
            else 0
        end as rounding_yuan
    from {{ ref('fct_table_totals') }} as totals
    left join {{ ref('int_unfit_tables') }} as tables
        on
            totals.disclosure_id = tables.disclosure_id
            and totals.table_name = tables.table_name
    left join {{ ref('int_summed_columns') }} as summed
        on
            totals.disclosure_id = summed.disclosure_id
            and totals.table_name = summed.table_name
            and totals.measure = summed.measure
            and summed.summed = 'rows'
    where
        totals.total_source = 'table'
        and totals.leaf_yuan is not null
        and totals.is_untied is not null
        and not coalesce(tables.is_half_read, false)
        and summed.disclosure_id is null
),

printed_totals as (
    select
        disclosure_id,
        table_name,
        measure,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('fct_published_amounts') }}
    where row_role = 'total' and amount_yuan is not null
    group by disclosure_id, table_name, measure
),

-- In yuan a figure with one decimal is known to half of it, be its zero left out or its second
-- decimal.
cut_figures as (
    select
        disclosure_id,
        table_name,
        measure,
        sum(half_unit) as rounding_yuan
    from {{ ref('fct_published_amounts') }}
    where
        row_role in ('leaf', 'total')
        and unit = '元'
        and amount_yuan <> 0
        and half_unit > 0.005
        and printed_text like '%.%'
    group by disclosure_id, table_name, measure
),

tables_with_a_tie as (
    select distinct
        disclosure_id,
        table_name
    from totals
    where not is_untied and total_yuan <> 0 and leaf_count > 1
),

checks as (
    select
        totals.disclosure_id,
        {{ said('two_names', ['totals.table_name', 'totals.measure']) }} as subject,
        totals.total_yuan as stated_yuan,
        case
            when
                totals.unplaced_count = 0
                and secrets.disclosure_id is null
                and (
                    tables_with_a_tie.disclosure_id is not null
                    or abs(totals.leaf_yuan)
                    >= abs(totals.total_yuan) * {{ of_rule('threshold') }}
                )
                then totals.leaf_yuan
        end as computed_yuan,
        greatest(totals.rounding_yuan, coalesce(cut_figures.rounding_yuan, 0)) as tolerance_yuan,
        cast(null as string) as stated_text,
        {{ place_of('stated', 'printed_totals') }},
        -- The rows stand all over the table.
        totals.table_name as computed_table_name,
        cast(null as integer) as computed_row_number,
        cast(null as string) as computed_source_ref
    from totals
    left join cut_figures
        on
            totals.disclosure_id = cut_figures.disclosure_id
            and totals.table_name = cut_figures.table_name
            and totals.measure = cut_figures.measure
    left join secrets
        on totals.disclosure_id = secrets.disclosure_id
    left join tables_with_a_tie
        on
            totals.disclosure_id = tables_with_a_tie.disclosure_id
            and totals.table_name = tables_with_a_tie.table_name
    inner join printed_totals
        on
            totals.disclosure_id = printed_totals.disclosure_id
            and totals.table_name = printed_totals.table_name
            and totals.measure = printed_totals.measure
)

{{ judged_amounts('checks', within_tolerance='hint') }}
