"""What evaluations come to: ratings, recommendations and how they were answered, and actions, over all programmes."""
