"""Evidence: append-only facts, documents by digest, seals, reactions; the substrate on which every figure stands."""
