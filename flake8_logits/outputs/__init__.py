"""Reports to text: for people, for programs."""
