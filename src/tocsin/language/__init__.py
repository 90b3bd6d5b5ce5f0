"""From an article to its reading: sentences, words, syntax and names."""
