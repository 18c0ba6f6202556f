-- One row per disclosure, table and column whose sum a rule over rows judges already: the sum of
-- columns in each row, or of the rows below.
select distinct
    disclosures.disclosure_id,
    sides.table_name,
    sides.measure,
    case when sides.row_role is null then 'columns' else 'rows' end as summed
from {{ ref('reconciliation_sides') }} as sides
inner join {{ ref('reconciliation_rules') }} as rules
    on sides.rule_code = rules.rule_code
cross join {{ ref('dim_disclosures') }} as disclosures
left join {{ ref('int_unfit_tables') }} as tables
    on
        disclosures.disclosure_id = tables.disclosure_id
        and sides.table_name = tables.table_name
where
    sides.side_of_claim = 'stated'
    and sides.subject_by = 'row'
    and coalesce(' ' || rules.applies_to_stages || ' ' like '% ' || disclosures.stage || ' %', true)
    and (tables.table_name is null or {{ is_judged_form('tables', 'rules') }})
