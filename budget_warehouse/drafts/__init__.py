"""A draft: a document that is judged before it is published, in a warehouse that is thrown away.

Changing the seeds or the published warehouse does not belong here.
"""
