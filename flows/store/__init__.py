"""Tables, migrations and queries: the only importer of sqlalchemy and alembic."""
