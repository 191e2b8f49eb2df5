"""Observations -> facts, derivations, findings and hashes. Pure: no clock, disk, network or settings."""
