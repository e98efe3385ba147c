"""Reviews: what auditors have marked, and samples drawn for them."""
