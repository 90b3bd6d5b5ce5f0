"""A second reader behind any OpenAI-compatible endpoint; nothing is sent unless it is asked for."""
