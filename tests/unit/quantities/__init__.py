"""Quantities in cells and in prose, units, and how they are shown."""
