{#
    One row per measure and measure that it is part of, by one step or several. The relation has
    `measure` and `part_of`.
#}
{% macro measure_wholes(measures) -%}
{%- set steps = 6 -%}  {# more than any chain of the list has: its check refuses a longer one #}
with step_1 as (
    select
        measure,
        part_of as whole,
        1 as steps
    from {{ measures }}
    where part_of is not null
),

{%- for step in range(2, steps + 1) %}

    step_{{ step }} as (
        select
            parts.measure,
            wholes.part_of as whole,
            {{ step }} as steps
        from step_{{ step - 1 }} as parts
        inner join {{ measures }} as wholes
            on parts.whole = wholes.measure
        where wholes.part_of is not null
    ),
{%- endfor %}

all_steps as (
    {%- for step in range(1, steps + 1) %}
        select * from step_{{ step }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    measure,
    whole,
    steps
from all_steps
{%- endmacro %}
