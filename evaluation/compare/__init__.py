"""Other coders on the same gold by the same scorer: spaCy patterns, UniversalPetrarch, Tocsin."""
