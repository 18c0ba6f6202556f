"""The explorer: a static site over the published marts.

Nothing here computes a figure.
"""
