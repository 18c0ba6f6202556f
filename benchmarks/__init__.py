"""Measure the warehouse over made-up disclosures, which are never part of the seeds."""
