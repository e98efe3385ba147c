"""Reading what a file says of how values must stand to each other, within and between documents."""
