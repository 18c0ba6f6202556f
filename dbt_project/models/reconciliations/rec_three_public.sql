-- One row per rule of the family three_public, disclosure and subject checked.
{{ checks_of_rules([
    'sg_04_vehicle_expenses_have_vehicles',
    'sg_05_the_text_repeats_the_expenses_of_the_table',
    'sg_06_no_zero_is_published_elsewhere',
    'sg_07_operating_expenses_stay_within_public_use',
    'sg_08_changes_in_the_text_agree_with_last_year',
    'sg_09_changes_in_the_text_are_those_of_the_table',
]) }}
