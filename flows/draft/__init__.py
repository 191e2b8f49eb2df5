"""Fact sheet -> draft: the built-in drafter, and the model-backed one over the port ChatModel."""
