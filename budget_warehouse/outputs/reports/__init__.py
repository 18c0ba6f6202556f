"""The validation report, its audit pages, the summary and the documentation.

Rules and their outcomes do not belong here: they are read.
"""
