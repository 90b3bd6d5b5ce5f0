"""Claims told to a person: the sentence that says why, and the spans that bear it out.

It knows records and nothing else, so that whatever shows claims can show why they were coded.
"""
