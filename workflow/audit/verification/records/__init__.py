"""What the rows of records that were begun elsewhere should say by their trails."""
