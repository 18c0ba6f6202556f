"""The checks of the reference lists, before dbt reads them.

What a list means for a budget does not belong here: the models say it.
"""
