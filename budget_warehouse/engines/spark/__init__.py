"""A build on a Spark cluster, whose catalog holds what is published.

Nothing here is imported unless SPARK_REMOTE is set.
"""
