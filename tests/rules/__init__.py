"""What rules say, held against what the libraries compute."""
