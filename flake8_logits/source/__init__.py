"""Text to trees: documents, notebooks, syntax, positions. The one room that parses."""
