{# What a printed row says in figures, as one text: nil and blank are the same. #}
{% macro figures_of_row(relation, measures) -%}
    concat_ws(
        '|',
        coalesce({{ relation }}.unit, '')
        {%- for measure in measures %},
        coalesce(cast(nullif({{ relation }}.{{ measure }}, 0) as string), '')
        {%- endfor %}
    )
{%- endmacro %}

{#
    One row per printed row in `relation`, which has disclosure, table, side and row number: its figures
    as one text, in which nil and blank are the same; its amount in yuan, which is its total or the sum
    of its parts where that is blank; and half of the last digit of its total, or of a part without one.
#}
{% macro amounts_of_rows(relation) -%}
    {%- set total = "max(case when measures.is_whole then amounts.printed_amount end)" %}
    {%- set parts = "sum(case when measures.is_part then amounts.printed_amount end)" %}
    {%- set text_of_total = "max(case when measures.is_whole then amounts.printed_text end)" %}
    {%- set text_of_part = "max(case when measures.is_part then amounts.printed_text end)" %}
    {%- set text = "coalesce(" ~ text_of_total ~ ", " ~ text_of_part ~ ")" %}
    select
        printed_rows.disclosure_id,
        printed_rows.table_name,
        printed_rows.row_number,
        concat_ws(
            '|',
            min(amounts.unit),
            {{ joined(
                "case when amounts.printed_amount <> 0"
                ~ " then amounts.measure || ' ' || cast(amounts.printed_amount as string) end"
            ) }}
        ) as figures,
        coalesce(
            {{ in_yuan(total, 'min(amounts.unit)') }}, {{ in_yuan(parts, 'min(amounts.unit)') }}, 0
        ) as amount_yuan,
        cast({{ half_unit(text, 'min(amounts.unit)') }} as decimal(28, 7)) as half_unit
    from {{ relation }} as printed_rows
    inner join {{ ref('stg_printed_amounts') }} as amounts
        on
            printed_rows.disclosure_id = amounts.disclosure_id
            and printed_rows.table_name = amounts.table_name
            and printed_rows.row_number = amounts.row_number
    left join {{ ref('int_printed_measures') }} as measures
        on
            amounts.disclosure_id = measures.disclosure_id
            and amounts.table_name = measures.table_name
            and amounts.measure = measures.measure
            and coalesce(printed_rows.side, '') = measures.side
    group by printed_rows.disclosure_id, printed_rows.table_name, printed_rows.row_number
{%- endmacro %}

{# The nearest row so far that names a unit: its own accounts or projects stand below it. #}
{% macro unit_row_number() -%}
    max(
        case
            when
                printed_rows.organization_name is not null
                and not {{ is_total_name('printed_rows.organization_name') }}
                then printed_rows.row_number
        end
    ) over (
        partition by printed_rows.disclosure_id, printed_rows.table_name
        order by printed_rows.row_number
    )
{%- endmacro %}
