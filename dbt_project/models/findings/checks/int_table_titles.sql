-- One row per stage and printed table or passage: its title in Chinese in documents of that stage.
with labels as (
    select *
    from {{ ref('labels') }}
)

select
    stages.name as stage,
    tables.name as table_name,
    case tables.kind
        when 'table' then '《' || coalesce(own_titles.label_zh, tables.label_zh) || '》'
        else tables.label_zh
    end as title_zh
from labels as tables
inner join labels as stages
    on tables.kind in ('table', 'passage') and stages.kind = 'stage'
left join labels as own_titles
    on own_titles.kind = stages.name || '_table' and tables.name = own_titles.name
