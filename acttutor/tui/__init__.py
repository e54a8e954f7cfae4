"""The rooms people see: the only place that knows Textual."""
