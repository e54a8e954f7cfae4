"""What is taught: lessons, questions, and the checker that reads them."""
