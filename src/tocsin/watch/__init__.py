"""Counts of events by unit and step, what is still to be reported of them, and what stands out.

It takes arrays and records and gives arrays and records: no store, no files but its own knowledge.
"""
