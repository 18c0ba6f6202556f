-- One row per rule of the family projects, disclosure and subject checked.
{{ checks_of_rules([
    'pj_01_forms_come_to_the_project_expenditure',
    'pj_04_a_year_takes_at_most_the_whole_project',
    'pj_05_a_project_runs_in_the_fiscal_year',
    'pj_07_a_form_has_its_own_name_and_its_organization',
    'pj_09_a_project_has_all_kinds_of_targets',
    'pj_10_a_target_fits_its_indicator',
    'pj_11_no_indicator_is_a_placeholder',
]) }}
