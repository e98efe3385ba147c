"""Staffing of programmes: whether the people in office today could bring one to every end."""
