"""What must be computed, merged, published, confirmed or brought back.

How a database computes it does not belong here: that is `engines`.
"""
