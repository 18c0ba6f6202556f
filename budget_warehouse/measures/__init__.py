"""Measures of the rules: how many wrong figures they notice, and what a change does to findings.

They are no part of a build or of a check; what a reader of the warehouse asks does not belong here.
"""
