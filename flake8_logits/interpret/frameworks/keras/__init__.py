"""Keras: models, layers, compile and the methods of both."""
