"""The product: from a published document to what readers open.

When anything runs, and in what order, does not belong here: that is `dagster_project`.
"""
