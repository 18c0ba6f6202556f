-- One row per rule of the family across_years, disclosure and subject checked.
{{ checks_of_rules([
    'xy_01_a_change_is_the_difference_to_last_year',
    'xy_02_a_base_is_what_last_year_published',
    'xy_03_a_code_means_one_account_in_both_years',
    'xy_04_no_percentage_stands_over_a_base_of_zero',
    'xy_05_an_earlier_project_has_an_earlier_form',
    'xy_07_execution_stays_near_the_budget',
    'xy_08_a_budget_in_final_accounts_is_the_published_one',
    'xy_09_a_reason_is_not_that_of_last_year',
]) }}
