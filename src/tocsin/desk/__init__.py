"""The desk: pages over a store, served on the machine itself, that an analyst reads and judges in.

It shows what `views` reads, and reaches no language processing.
"""
