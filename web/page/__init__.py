"""How templates become pages: what a page writes out, in as few steps as it takes."""
