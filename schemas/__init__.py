"""What the rooms say to each other: frozen models, no I/O. Import the module you need; this package imports nothing."""
