"""What measures the warehouse: made-up disclosures, never part of the seeds."""
