"""Writes what the manual takes from the code itself: the reference and the methods.

`python -m manual` writes the pages anew, `make reference` calls it; a test holds the pages of the
repository against what the code says.
"""
