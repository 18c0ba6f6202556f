"""A published document becomes raw CSVs, as printed.

Nothing here interprets a figure or knows the warehouse.
"""
