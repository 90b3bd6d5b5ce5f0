"""The nouns that cross every stage: frozen records without input or output of their own."""
