"""A rule over columns: the same terms and conditions, written out as one loop over whole numbers and compiled."""
