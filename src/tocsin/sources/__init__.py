"""From files to articles: every article that is there, and an issue for everything that is not."""
