"""Pure: canonical records, the RFC 9162 tree, signed heads, bitemporal resolution, figures and offline bundles."""
