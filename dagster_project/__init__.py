"""The times and the order of builds: one file for each noun of Dagster.

What a build does does not belong here: that is `budget_warehouse`.
"""
