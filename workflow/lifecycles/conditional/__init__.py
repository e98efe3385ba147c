"""What conditions ask of a definition, so that none is ever asked of something empty."""
