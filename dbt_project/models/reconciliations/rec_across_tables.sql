-- One row per rule of the family across_tables, disclosure and subject checked.
{{ checks_of_rules([
    'ct_15_tables_name_the_same_accounts',
    'ct_16_one_code_has_one_name',
    'ct_17_one_entity_compiles_all_tables',
    'ct_18_a_department_is_the_sum_of_its_units',
    'ct_22_no_unit_exceeds_its_department',
]) }}
