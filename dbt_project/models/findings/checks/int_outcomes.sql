-- One row per rule and disclosure for what passed; per rule, disclosure and subject otherwise.
with all_checks as (
    {%- for relation in ['compared_amounts'] + rule_families() %}
        select * from {{ ref('int_checks_of_' ~ relation) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

checks as (
    select
        all_checks.*,
        documents_not_loaded.coded_reason as not_loaded_reason
    from all_checks
    left join {{ ref('int_documents_not_loaded') }} as documents_not_loaded
        on
            all_checks.rule_code = documents_not_loaded.rule_code
            and all_checks.disclosure_id = documents_not_loaded.disclosure_id
    left join {{ ref('int_barred_rules') }} as barred_rules
        on
            all_checks.rule_code = barred_rules.rule_code
            and all_checks.disclosure_id = barred_rules.disclosure_id
    where barred_rules.rule_code is null
)

select
    rule_code,
    disclosure_id,
    coded_subject,
    -- Rows of a rule that spans relations: each has counted its own passes.
    cast(
        sum(case when outcome in ('pass', 'fail', 'hint') then checked_count else 0 end) as integer
    ) as checked_count,
    outcome,
    max(stated_yuan) as stated_yuan,
    max(computed_yuan) as computed_yuan,
    max(gap_yuan) as gap_yuan,
    max(tolerance_yuan) as tolerance_yuan,
    cast(
        case
            when outcome in ('pass', 'fail', 'hint') and count(excess_fen) = count(*)
                then max(excess_fen)
        end as bigint
    ) as excess_fen,
    max(coded_stated_text) as coded_stated_text,
    max(coded_computed_text) as coded_computed_text,
    max(stated_source) as stated_source,
    max(computed_source) as computed_source,
    {%- for column in place_columns() %}
        max({{ column }}) as {{ column }},
    {%- endfor %}
    case outcome
        when 'insufficient_data'
            then coalesce(max(not_loaded_reason), {{ said('one_side_missing') }})
        when 'not_applicable' then {{ said('printed_on_one_side') }}
    end as coded_reason
from checks
group by rule_code, disclosure_id, coded_subject, outcome
union all
select
    rule_code,
    disclosure_id,
    cast(null as string) as coded_subject,
    0 as checked_count,
    outcome,
    cast(null as decimal(18, 2)) as stated_yuan,
    cast(null as decimal(18, 2)) as computed_yuan,
    cast(null as decimal(18, 2)) as gap_yuan,
    cast(null as decimal(18, 2)) as tolerance_yuan,
    cast(null as bigint) as excess_fen,
    cast(null as string) as coded_stated_text,
    cast(null as string) as coded_computed_text,
    cast(null as string) as stated_source,
    cast(null as string) as computed_source,
    {%- for column in place_columns() %}
        cast(null as {{ 'integer' if column.endswith(('number', 'count')) else 'string' }})
            as {{ column }},
    {%- endfor %}
    coded_reason
from {{ ref('int_unchecked_rules') }}
