"""The import: programmes begun elsewhere, read from CSV, checked, mapped and written all or none."""
