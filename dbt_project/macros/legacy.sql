{#
    The columns of a rec_ model for checks that are true or false rather than two amounts; what cannot be
    said to be either (`is_broken` null) lacks data.
#}
{% macro legacy_statements(relation) -%}
    select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        {{ shown_yuan('stated_yuan') }} as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as string) as computed_source
        {%- for column in place_columns() %},
        cast(null as {{ 'integer' if column.endswith(('number', 'count')) else 'string' }})
            as {{ column }}
        {%- endfor %},
        subject as coded_subject,
        stated_text as coded_stated_text,
        computed_text as coded_computed_text
    from {{ relation }}
{%- endmacro %}

{#
    The columns of a rec_ model for claims whose two sides the model itself brings together. A total of
    rounded figures that rounding alone explains is worth a look (`within_tolerance` hint).
#}
{% macro legacy_claims(relation, within_tolerance='pass') -%}
    select
        rule_code,
        disclosure_id,
        subject,
        case
            when stated_yuan is null or computed_yuan is null then 'insufficient_data'
            when stated_yuan = computed_yuan then 'pass'
            when abs(stated_yuan - computed_yuan) <= tolerance_yuan then '{{ within_tolerance }}'
            when not is_equality and stated_yuan > computed_yuan then 'pass'
            else 'fail'
        end as outcome,
        {{ shown_yuan('stated_yuan') }} as stated_yuan,
        {{ shown_yuan('computed_yuan') }} as computed_yuan,
        {{ shown_yuan('stated_yuan - computed_yuan') }} as gap_yuan,
        {{ shown_yuan('tolerance_yuan') }} as tolerance_yuan,
        {{ excess_fen('stated_yuan - computed_yuan', 'tolerance_yuan', 'is_equality') }} as excess_fen,
        stated_text,
        cast(null as string) as computed_text,
        stated_source,
        computed_source
        {%- for column in place_columns() %},
        cast(null as {{ 'integer' if column.endswith(('number', 'count')) else 'string' }})
            as {{ column }}
        {%- endfor %},
        subject as coded_subject,
        stated_text as coded_stated_text,
        computed_text as coded_computed_text
    from {{ relation }}
{%- endmacro %}
