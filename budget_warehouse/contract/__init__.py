"""What raw CSVs, reference lists and marts promise: tables, columns, values, labels.

Loading and computing them does not belong here.
"""
