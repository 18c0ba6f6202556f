"""DuckDB and Spark: the same steps of a build, each in its own way.

What both do alike belongs to `build`.
"""
