"""The promises of raw CSVs, reference lists and marts: tables, columns, values, labels.

Loading and computing them does not belong here.
"""
