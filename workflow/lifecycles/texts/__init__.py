"""The texts of a lifecycle in other languages, beside its definition."""
