"""Paragraphs and tables become rows of the raw contract.

Formats of files do not belong here.
"""
