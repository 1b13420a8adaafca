"""The window. Imports PyQt5 and the light parts of `fl` and `data`, never TensorFlow, Ray or SecretFlow."""
