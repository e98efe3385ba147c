"""The texts of published lifecycles in other languages, as they are kept."""
