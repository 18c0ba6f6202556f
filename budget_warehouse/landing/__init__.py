"""Raw CSVs become text tables: what changed is read, and what cannot be read is refused.

Nothing here converts a value.
"""
