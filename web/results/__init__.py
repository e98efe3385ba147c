"""The results of a programme: their page, and what is taken away of them."""
