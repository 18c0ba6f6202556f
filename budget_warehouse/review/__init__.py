"""People's verdicts: on findings, as rows of a reference list, and what they say of the rules.

Judging a document by rules does not belong here, nor does changing what is published.
"""
