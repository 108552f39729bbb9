"""The schema's history, run by Alembic when a book is opened for writing."""
