"""What the simulator knows and says, without Textual: numbers, words, edits, predictions, the drawn network."""
