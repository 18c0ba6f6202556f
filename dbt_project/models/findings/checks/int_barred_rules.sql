-- One row per rule and disclosure with a table that the rule needs and cannot judge, and why.
select
    rules.rule_code,
    unfit_tables.disclosure_id,
    min(
        case unfit_tables.reason
            when 'half_read' then {{ said('table_half_read', ['unfit_tables.table_name']) }}
            else {{ said('table_of_other_form', ['unfit_tables.table_name']) }}
        end
    ) as coded_reason
from {{ ref('reconciliation_rules') }} as rules
inner join {{ ref('int_unfit_tables') }} as unfit_tables
    on ' ' || rules.needed_tables || ' ' like '% ' || unfit_tables.table_name || ' %'
group by rules.rule_code, unfit_tables.disclosure_id
