"""A dropped file is admitted, read within limits, and written as a folder of CSVs.

What its tables mean does not belong here.
"""
