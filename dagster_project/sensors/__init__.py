"""What starts and watches builds: a file for each sensor.

What a sensor finds out does not belong here where it can be asked without Dagster.
"""
