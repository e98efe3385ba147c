"""Pages: what one person sees of one case, with what they can do there and why not."""
