-- One row per rule of the family classification, disclosure and subject checked.
{{ checks_of_rules([
    'cc_01_every_code_is_one_of_the_classification',
    'cc_02_every_account_bears_its_name',
    'cc_03_names_are_the_present_ones',
    'cc_04_every_account_stands_below_its_class',
    'cc_05_an_institution_uses_its_accounts',
    'cc_07_a_name_is_typed_in_one_way',
    'cc_08_no_item_for_the_rest_holds_over_half',
    'cc_09_every_amount_stands_under_a_code',
    'cc_10_the_region_is_one_of_the_standard',
]) }}
