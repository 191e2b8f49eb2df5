"""Sources to observations: one adapter a file behind the port, and the catalogue that people edit."""
