"""Exports: histories as files that spreadsheets and process miners read."""
