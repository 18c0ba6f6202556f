-- One row per rule of the family plausibility, disclosure and subject checked.
{{ checks_of_rules([
    'pl_01_small_enterprises_have_their_share_of_procurement',
    'pl_03_no_project_takes_more_than_half',
    'pl_04_a_total_changes_by_at_most_half',
    'pl_05_items_for_the_rest_stay_small',
    'pl_06_annuity_is_about_half_of_pension',
    'pl_07_no_exact_amount_stands_in_two_classes',
]) }}
