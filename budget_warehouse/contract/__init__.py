"""What raw CSVs, reference lists and marts promise: tables, columns, values, labels.

Nothing here loads or computes them.
"""
