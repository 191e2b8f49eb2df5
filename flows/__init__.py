"""What happens to a comparison: gather, draft, check, review, publish. The application package of Tiebreak."""
