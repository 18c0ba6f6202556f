{#
    What a rule's model is made of. Its file is named after the rule: `pl_03_no_project_…` is PL-03, and
    so is a unit test `pl_03_…` of it.
#}

{# The code of the rule whose model or unit test is compiled. #}
{% macro rule_code() -%}
    '{{ (model.name.split("_")[:2] | join("-")) | upper }}'
{%- endmacro %}

{# A field of the rule's row in `reconciliation_rules.csv`. #}
{% macro of_rule(field) -%}
    (
        select rules.{{ field }}
        from {{ ref('reconciliation_rules') }} as rules
        where rules.rule_code = {{ rule_code() }}
    )
{%- endmacro %}

{# Whether the form that a rule asks for is prescribed in a region; a row that names no province means all. #}
{% macro is_prescribed_in(region_code) -%}
    coalesce(
        ' ' || {{ of_rule('prescribed_in_regions') }} || ' '
        like '% ' || substr({{ region_code }}, 1, 2) || ' %',
        true
    )
{%- endmacro %}

{# True where a rule judges a table, by what is other in it than in T1 to T9. #}
{% macro is_judged_form(tables, rules) -%}
    {%- for form in ['other_columns', 'other_rows', 'other_lines'] %}
    {{ 'and ' if not loop.first -}}
    (not {{ tables }}.has_{{ form }} or {{ rules }}.applies_to_forms like '%{{ form }}%')
    {%- endfor %}
{%- endmacro %}

{# The columns that say where the two sides of a check stand. #}
{% macro place_columns() -%}
    {{ return([
        'stated_table_name',
        'stated_row_number',
        'stated_source_ref',
        'stated_row_count',
        'computed_table_name',
        'computed_row_number',
        'computed_source_ref',
        'computed_row_count',
        'computed_disclosure_id',
    ]) }}
{%- endmacro %}

{# The rules of one family, as one relation. #}
{% macro united_rules(rules) -%}
    {%- for rule in rules %}
    select * from {{ ref(rule) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Where a figure or sentence stands, as the columns of one side of a check. #}
{% macro place_of(side, relation=none) -%}
    {%- set of = relation ~ '.' if relation else '' -%}
    {{ of }}table_name as {{ side }}_table_name,
    {{ of }}row_number as {{ side }}_row_number,
    {{ of }}source_ref as {{ side }}_source_ref
{%- endmacro %}

{# The columns of a side that stands nowhere in particular. #}
{% macro no_place(side) -%}
    cast(null as string) as {{ side }}_table_name,
    cast(null as integer) as {{ side }}_row_number,
    cast(null as string) as {{ side }}_source_ref
{%- endmacro %}

{# Where a side stands, in words: of a sum the first row, and how many more there are. #}
{% macro place_text(table_name, source_ref, row_count='1', disclosure_id='cast(null as string)') -%}
    nullif(
        concat_ws(
            ' ',
            {{ disclosure_id }},
            {{ table_name }},
            nullif({{ source_ref }}, ''),
            {{ more_rows(row_count) }}
        ),
        ''
    )
{%- endmacro %}

{# That a sum adds up more rows than the one that is named; null where it does not. #}
{% macro more_rows(row_count) -%}
    case
        when {{ row_count }} > 1 then 'and ' || cast({{ row_count }} - 1 as string) || ' more'
    end
{%- endmacro %}

{#
    What a check says of where its two sides stand: the words, and the columns that they are made of.
    `computed_disclosure_id` is the other document, where the computed side stands in another.
#}
{% macro placed_sides(has_computed, stated_rows, computed_rows, other_disclosure) -%}
    {{ place_text('stated_table_name', 'stated_source_ref', stated_rows) }} as stated_source,
    {% if has_computed -%}
    {{ place_text('computed_table_name', 'computed_source_ref', computed_rows, other_disclosure) }}
        as computed_source,
    {%- else -%}
    cast(null as string) as computed_source,
    {%- endif %}
    stated_table_name,
    cast(stated_row_number as integer) as stated_row_number,
    stated_source_ref,
    cast({{ stated_rows }} as integer) as stated_row_count,
    {% if has_computed -%}
    computed_table_name,
    cast(computed_row_number as integer) as computed_row_number,
    computed_source_ref,
    cast({{ computed_rows }} as integer) as computed_row_count,
    {%- else -%}
    {{ no_place('computed') }},
    cast(null as integer) as computed_row_count,
    {%- endif %}
    cast({{ other_disclosure }} as string) as computed_disclosure_id
{%- endmacro %}

{#
    The rows of a rule that is true or false of its subject; what cannot be said to be either (`is_failed`
    null) lacks data.

    The relation has `disclosure_id`, `subject`, `is_failed`, `stated_yuan`, `stated_text` and the place of
    the stated side (`place_of`). What the rule expects is the text of its row, unless it has several. A
    failure that `is_hint` is worth a look and no more.
#}
{% macro judged_statements(
    relation,
    computed_text=none,
    has_computed_place=false,
    is_hint='false',
    stated_row_count='1',
    computed_row_count='1',
    computed_disclosure_id='cast(null as string)'
) -%}
    select
        {{ rule_code() }} as rule_code,
        disclosure_id,
        subject,
        case
            when is_failed is null then 'insufficient_data'
            {%- if is_hint != 'false' %}
            when is_failed and {{ is_hint }} then 'hint'
            {%- endif %}
            when is_failed then 'fail'
            else 'pass'
        end as outcome,
        {{ shown_yuan('stated_yuan') }} as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_failed and not {{ is_hint }} then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        {{ computed_text or rule_code() ~ " || '|'" }} as computed_text,
        {{ placed_sides(
            has_computed_place, stated_row_count, computed_row_count, computed_disclosure_id
        ) }}
    from {{ relation }}
{%- endmacro %}

{#
    The rows of a rule that holds two amounts against each other. A total of rounded figures that rounding
    alone explains is worth a look (`within_tolerance` hint). Without `is_equality` the stated amount is at
    least the computed one; where the rule `is_limit`, it is at most that.

    The relation has `disclosure_id`, `subject`, `stated_yuan`, `computed_yuan`, `tolerance_yuan`,
    `stated_text` and the places of both sides (`place_of`).
#}
{% macro judged_amounts(
    relation,
    within_tolerance='pass',
    is_equality='true',
    is_limit=false,
    stated_row_count='1',
    computed_row_count='1',
    computed_disclosure_id='cast(null as string)'
) -%}
    select
        {{ rule_code() }} as rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then '{{ within_tolerance }}'
            {%- if is_limit %}
            when stated_yuan < computed_yuan then 'pass'
            {%- else %}
            when not {{ is_equality }} and stated_yuan > computed_yuan then 'pass'
            {%- endif %}
            else 'fail'
        end as outcome,
        {{ shown_yuan('stated_yuan') }} as stated_yuan,
        {{ shown_yuan('computed_yuan') }} as computed_yuan,
        {{ shown_yuan('stated_yuan - computed_yuan') }} as gap_yuan,
        {{ shown_yuan('tolerance_yuan') }} as tolerance_yuan,
        {% if is_limit -%}
        {{ excess_fen('computed_yuan - stated_yuan', 'tolerance_yuan', 'false') }} as excess_fen,
        {%- else -%}
        {{ excess_fen('stated_yuan - computed_yuan', 'tolerance_yuan', is_equality) }} as excess_fen,
        {%- endif %}
        stated_text,
        cast(null as string) as computed_text,
        {{ placed_sides(true, stated_row_count, computed_row_count, computed_disclosure_id) }}
    from {{ relation }}
{%- endmacro %}

{#
    The number of the row at which a group begins: of those with the first place, which several rows
    of a page share, the least.
#}
{% macro first_row_number(row_number, place) -%}
    min_by({{ row_number }}, {{ place }} || chr(1) || lpad(cast({{ row_number }} as string), 9, '0'))
{%- endmacro %}

{#
    Where the first row of a group stands: in the order of print, in which page 10 comes after page 9.
    The number of that row is the least of the group's.
#}
{% macro first_source_ref(source_ref='source_ref') -%}
    min_by({{ source_ref }}, {{ source_ref | replace('source_ref', 'row_number') }})
{%- endmacro %}

{# The columns of the first place of a side that a group has: of the least text `<side>_place`. #}
{% macro first_place_of(side) -%}
    min_by({{ side }}_table_name, {{ side }}_place) as {{ side }}_table_name,
    {{ first_row_number(side ~ '_row_number', side ~ '_place') }} as {{ side }}_row_number,
    min_by({{ side }}_source_ref, {{ side }}_place) as {{ side }}_source_ref
{%- endmacro %}

{# The same as `place_of` where the relation has a row, and otherwise the whole document. #}
{% macro place_or_document(side, relation) -%}
    {{ relation }}.table_name as {{ side }}_table_name,
    {{ relation }}.row_number as {{ side }}_row_number,
    case
        when {{ relation }}.disclosure_id is null then 'the whole document'
        else {{ relation }}.source_ref
    end as {{ side }}_source_ref
{%- endmacro %}
