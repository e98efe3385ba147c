"""The page of a framework or fund: its course, what waits, its areas, its money and its programmes, as one person may know of them."""
