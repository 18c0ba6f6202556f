{#
    By how many fen a claim misses what its tolerance allows; zero or less where it holds. An inequality
    (`is_equality` false) is only missed from below. The judge decides on this number alone, so that it
    and `outcome` check each other. Rounded before the cast, which Spark would do by truncating.
#}
{% macro excess_fen(gap, tolerance, is_equality='true') -%}
    cast(
        round(
            (
                case when {{ is_equality }} then abs({{ gap }}) else -({{ gap }}) end - {{ tolerance }}
            ) * 100
        ) as bigint
    )
{%- endmacro %}

{#
    The columns of a rec_ model for checks that are true or false rather than two amounts; what cannot be
    said to be either (`is_broken` null) lacks data.
#}
{% macro judged_statements(relation) -%}
    select
        rule_code,
        disclosure_id,
        subject,
        case
            when is_broken is null then 'insufficient_data'
            when is_broken then 'fail'
            else 'pass'
        end as outcome,
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(null as decimal(18, 2)) as computed_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        cast(null as decimal(18, 2)) as tolerance_yuan,
        cast(case when is_broken then 1 else 0 end as bigint) as excess_fen,
        stated_text,
        computed_text,
        stated_source,
        cast(null as string) as computed_source
    from {{ relation }}
{%- endmacro %}

{#
    The columns of a rec_ model for claims whose two sides the model itself brings together. A total of
    rounded figures that rounding alone explains is worth a look (`within_tolerance` hint).
#}
{% macro judged_claims(relation, within_tolerance='pass') -%}
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
        cast(stated_yuan as decimal(18, 2)) as stated_yuan,
        cast(computed_yuan as decimal(18, 2)) as computed_yuan,
        cast(stated_yuan - computed_yuan as decimal(18, 2)) as gap_yuan,
        cast(tolerance_yuan as decimal(18, 2)) as tolerance_yuan,
        {{ excess_fen('stated_yuan - computed_yuan', 'tolerance_yuan', 'is_equality') }} as excess_fen,
        stated_text,
        cast(null as string) as computed_text,
        stated_source,
        computed_source
    from {{ relation }}
{%- endmacro %}
