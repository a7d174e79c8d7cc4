"""How much source is analysed."""

MOST_TOKENS = 150_000
"""Names, numbers, strings, signs, comments and ends of lines of one program.  The largest files that people write stay
below it; each costs the parser about 2.5 KB and 25 microseconds, however long the lines are."""
EASIER = 5
"""So many times as much goes where only Python's own parser looks."""
MOST_BYTES = 32 * 1024 * 1024
"""Of one file; notebooks hold pictures, so this is far above what source takes."""
