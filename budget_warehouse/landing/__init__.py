"""Raw CSVs become text tables: what changed is read, and what cannot be read is refused.

Converting a value does not belong here: staging does that.
"""
