"""A file of each format becomes paragraphs and tables.

What a table means does not belong here; PDF has its own room.
"""
