"""Paths of files, connections to databases, and what a command needs of the system.

What a file means does not belong here.
"""
