"""The printed amounts and their comparisons by another algorithm: a second opinion.

The product computes both with some thirty dbt models, all documents at once. This package reads one
document after the other, from the top of each page down, in whole fen. The lists are the same, and
so is the definition of a printed character; contracts, tests, comments and a landing that refuses
bad input are left out on purpose. `benchmarks/same.py` says whether both come to the same rows.
"""

from benchmarks.by_hand.computing import compute_csvs, compute_landed

__all__ = ["compute_csvs", "compute_landed"]
