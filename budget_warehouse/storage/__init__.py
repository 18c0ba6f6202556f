"""Where files are, how a database is opened, and what a command needs of the system.

What a file means does not belong here.
"""
