"""What the demonstration knows: lessons of its programmes, and what its countries share."""
