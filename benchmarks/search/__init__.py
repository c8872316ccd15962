"""The search index beside other engines, in one run."""
