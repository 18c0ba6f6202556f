"""The steps of a build: plan, compute, merge, publish, confirm and bring back.

How a database computes it does not belong here: that is `engines`.
"""
