"""Evidence: the measures behind the claims of the course."""
