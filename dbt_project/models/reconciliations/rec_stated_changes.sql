-- One row per rule on changes since another year, disclosure and subject checked.
{{ checks_of_rules([
    'nt_09_statements_of_one_change_agree',
    'nt_10_a_percentage_is_the_change_over_its_base',
    'nt_11_the_direction_is_that_of_the_figures',
    'nt_12_unchanged_stands_beside_no_change',
    'nt_26_a_comparison_is_with_the_year_before',
    'nt_27_equal_totals_change_alike',
]) }}
