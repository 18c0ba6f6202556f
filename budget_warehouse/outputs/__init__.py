"""Everything that is written from a published warehouse.

Nothing here computes a figure.
"""
