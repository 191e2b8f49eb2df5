"""The packaged example catalogue, the lexicon, policy and model profiles."""
