"""The published marts as Parquet, CSV, a workbook and a data package.

Databases do not belong here.
"""
