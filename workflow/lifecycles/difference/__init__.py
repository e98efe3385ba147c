"""What differs between two definitions, in sentences for whoever works by them."""
