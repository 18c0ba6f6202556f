-- One row per disclosure: the project expenditure that its table of all expenditure (T3) totals.
{{ totals_of_expenditure('project') }}
