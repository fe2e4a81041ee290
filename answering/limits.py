"""How long a text of an answer may be, wherever it comes from."""

LONGEST_TEXT = 10_000
LONGEST_POINTER = 500
