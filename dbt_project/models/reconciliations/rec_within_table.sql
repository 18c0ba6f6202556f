-- One row per rule of the family within_table, disclosure and subject checked.
{{ checks_of_rules([
    'wt_16_no_class_mixes_personnel_and_public_use',
    'wt_19_no_figure_stands_outside_the_columns',
    'wt_20_every_account_has_its_place',
    'wt_21_no_amount_is_negative_or_finer_than_one_fen',
    'wt_22_nil_is_written_in_one_way',
    'wt_24_every_table_has_year_unit_and_entity',
    'wt_25_a_split_row_is_the_sum_of_its_parts',
    'wt_31_separators_part_groups_of_three',
    'wt_32_a_title_names_the_fiscal_year',
    'wt_33_a_column_is_the_sum_of_its_parts',
    'wt_34_rows_come_to_the_printed_total',
    'wt_35_rows_add_up_below_every_row',
    'wt_36_amounts_stand_in_the_row_of_their_account',
    'wt_37_rows_of_a_level_come_to_the_row_above',
]) }}
