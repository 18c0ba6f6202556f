-- One row per disclosure: the expenditure that its table of all expenditure (T3) totals.
{{ totals_of_expenditure('total') }}
