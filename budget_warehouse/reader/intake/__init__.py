"""Check a dropped file's type, read it in a sandbox, and write it as a folder of CSVs.

What its tables mean does not belong here.
"""
