"""The printed pages behind the figures: their pictures, and the boxes that frame a figure there.

Showing them in a page does not belong here, nor finding out where a figure is printed.
"""
