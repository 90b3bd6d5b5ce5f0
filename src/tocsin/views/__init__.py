"""What pages, reports and programs show, read out of a store: no HTML and no HTTP.

Each module has the records of one kind of view and a function that reads them.
"""
