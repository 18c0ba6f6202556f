"""When the warehouse is built, and in what order: one file for each noun of Dagster.

What a build does does not belong here: that is `budget_warehouse`.
"""
