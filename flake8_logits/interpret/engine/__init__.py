"""The Python language: expressions, statements, calls, classes, modules; kinds of value register what they do."""
