"""Runs a program in its head and writes down which output met which loss."""
