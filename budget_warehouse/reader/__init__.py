"""A published document becomes raw CSVs, as printed.

Interpreting a figure does not belong here, nor knowing the warehouse.
"""
