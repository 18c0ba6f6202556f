"""Sensors that start and watch builds: a file for each.

What a sensor finds out does not belong here where it can be asked without Dagster.
"""
