-- One row per rule of the family completeness, disclosure and subject checked.
{{ checks_of_rules([
    'dc_01_the_revenue_and_expenditure_summary_is_printed',
    'dc_02_revenue_by_function_is_printed',
    'dc_03_expenditure_by_function_is_printed',
    'dc_04_the_appropriation_summary_is_printed',
    'dc_05_the_general_public_budget_is_printed_down_to_items',
    'dc_06_basic_expenditure_is_printed_down_to_items',
    'dc_07_three_public_expenses_are_printed_with_vehicles',
    'dc_08_government_funds_are_printed',
    'dc_09_the_state_capital_budget_is_printed',
    'dc_10_an_empty_table_says_so',
    'dc_13_agency_operating_expenses_are_stated',
    'dc_14_procurement_is_stated_and_split',
    'dc_16_performance_targets_of_projects_are_stated',
    'dc_18_the_budget_is_published_in_time',
    'dc_19_a_note_of_emptiness_fits_its_table',
    'dc_20_no_instruction_of_the_template_is_left',
]) }}
