"""Models of library functions: what calls of them do beyond what a row can say."""
