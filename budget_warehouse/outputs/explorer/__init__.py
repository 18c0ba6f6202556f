"""The explorer: a static site over the published marts.

Computing a figure does not belong here.
"""
