"""Doors for programs to the newest published warehouse: HTTP and the Model Context Protocol.

Writing files and computing figures do not belong here.
"""
