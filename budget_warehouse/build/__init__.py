"""What must be computed, merged, published, confirmed or brought back.

How a database computes it belongs to `engines`; what is written for readers, to `outputs`.
"""
