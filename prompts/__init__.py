"""The prompt templates, one a task."""
