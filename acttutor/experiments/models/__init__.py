"""Small seeded models, NumPy only, that the experiments train where a plain network of `nn` would not do.

Arrays have leading axes for the networks that are trained side by side: arms, seeds, learning rates.
"""
