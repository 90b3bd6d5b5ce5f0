"""Signals on their way out: to web addresses, by mail, into feeds and files, and the ledger of it.

It takes signals out of a store and knows nothing of how they are made.
"""
