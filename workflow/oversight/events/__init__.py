"""Events of all cases, found by facets, and who looked at them."""
