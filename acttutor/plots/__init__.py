"""Figures as data, and the one adapter that draws them with plotext."""
