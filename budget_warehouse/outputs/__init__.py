"""Everything that is written from a published warehouse.

Computing a figure does not belong here.
"""
