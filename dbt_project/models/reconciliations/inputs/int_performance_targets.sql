-- One row per disclosure and indicator of a project, with its subject and its place.
select
    *,
    {{ said('indicator', ['indicator_number', 'indicator_name']) }} as subject,
    {{ comparable_name('indicator_name') }} as comparable_indicator,
    'performance_targets' as table_name,
    indicator_number as row_number
from {{ ref('fct_performance_targets') }}
