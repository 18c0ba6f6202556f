"""A PDF becomes paragraphs and tables, by its text and its lines.

What a table means does not belong here.
"""
