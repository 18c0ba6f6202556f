"""Great Expectations judges what dbt computed.

Pages for readers do not belong here.
"""
