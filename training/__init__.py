"""Makes the reader's weights from annotated corpora; torch lives only here."""
