{# Where the figures of one side stand: the first place, and how many more there are. #}
{% macro printed_places(side) -%}
    min_by(place, case side_of_claim when '{{ side }}' then place_order end)
        || case
            when count(case side_of_claim when '{{ side }}' then 1 end) > 1
                then ' and ' || cast(
                    count(case side_of_claim when '{{ side }}' then 1 end) - 1
                    as string
                ) || ' more'
            else ''
        end
{%- endmacro %}
