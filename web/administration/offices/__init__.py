"""Offices as administrators keep them: appointments, what takes two administrators, and the record."""
