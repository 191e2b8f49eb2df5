"""Datasets, graders, runner and report of the evals."""
