"""Words that were typed and not sent: kept beside their form, and held where a session ended."""
