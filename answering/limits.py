"""How long texts may be, wherever they come from."""

LONGEST_TEXT = 10_000
LONGEST_POINTER = 500
LONGEST_OF_A_DOCUMENT = {
    "title": 300, "number": 100, "version": 100, "owner": 100, "approved_by": 100, "location": 500,
}  # fmt: skip
LONGEST_NAME = 200
