"""A build on a Spark cluster, whose catalog holds what is published.

What a build without SPARK_REMOTE needs does not belong here.
"""
