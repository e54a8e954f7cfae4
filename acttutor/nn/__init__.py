"""The mathematics: activations, losses, networks, traces. NumPy only."""
