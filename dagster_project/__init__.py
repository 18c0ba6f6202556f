"""When the warehouse is rebuilt and in what order; dbt computes and Great Expectations judges."""
