-- One row per rule of the family units, disclosure and subject checked.
{{ checks_of_rules([
    'uc_01_every_table_states_its_unit',
    'uc_02_a_coarser_figure_is_the_exact_one_rounded',
    'uc_03_rounded_accounts_add_up_but_for_rounding',
    'uc_04_no_two_figures_differ_ten_thousand_times',
    'uc_07_amounts_are_in_yuan',
    'uc_08_every_amount_has_a_known_unit',
    'uc_09_sums_off_by_rounding_have_a_note',
]) }}
