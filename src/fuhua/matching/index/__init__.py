"""The search index: documents by their terms, exact best hits, in the memory of one process."""
