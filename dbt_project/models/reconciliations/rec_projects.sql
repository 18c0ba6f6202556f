-- One row per rule of the family projects, disclosure and subject checked.
{{ checks_of_rules([
    'pj_01_forms_come_to_the_project_expenditure',
    'pj_04_a_year_takes_at_most_the_whole_project',
    'pj_05_a_project_runs_in_the_fiscal_year',
    'pj_07_a_form_has_its_own_name_and_its_organization',
    'pj_09_a_project_has_all_kinds_of_targets',
    'pj_10_a_target_fits_its_indicator',
    'pj_11_no_indicator_is_a_placeholder',
    'pj_12_an_execution_rate_is_the_outturn_over_the_budget',
    'pj_13_a_score_is_the_sum_of_its_parts',
    'pj_14_the_text_repeats_the_score_of_the_form',
    'pj_15_an_indicator_has_one_target',
    'pj_16_no_deadline_lies_before_the_fiscal_year',
    'pj_17_the_text_repeats_the_money_of_the_form',
    'pj_18_projects_of_each_grade_add_up',
    'pj_19_a_mean_score_is_that_of_the_forms',
    'pj_20_funds_fit_quantity_and_unit_cost',
]) }}
