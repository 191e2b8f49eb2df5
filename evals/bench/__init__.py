"""Speed and size, measured side by side with the named peers: scripts, never tests."""
