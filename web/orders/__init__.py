"""Files that were ordered: made behind the pages, awaited, and taken away."""
