"""The questions that the model learns from, and the learning: `because questions train`."""
