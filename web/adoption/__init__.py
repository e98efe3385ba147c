"""Taking programmes that were begun elsewhere into management: a list, and the page of one record."""
