"""The project's own labelled cells and sentences for `flows.quantities`, and their scorer (README.md says what is what)."""
