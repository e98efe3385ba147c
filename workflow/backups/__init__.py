"""Backups: the database, the attached files and the register of erasures as one archive."""
