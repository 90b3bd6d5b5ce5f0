"""A store for AI assistants to read, over the Model Context Protocol.

Nothing here can write, and texts of articles go out as quotes that are cut and cleaned.
"""
