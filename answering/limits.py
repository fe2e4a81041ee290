"""How long texts may be, and how many of a kind there may be, wherever they come from."""

LONGEST_TEXT = 10_000
LONGEST_POINTER = 300
LONGEST_OF_A_DOCUMENT = {
    "title": 300, "number": 100, "version": 100, "owner": 100, "approved_by": 100, "location": 500,
}  # fmt: skip
LONGEST_NAME = 200
LONGEST_OF_A_FINDING = {"clause": 80, "verified_by": 100}
MOST_PEOPLE, LONGEST_PERSON = 20, 100
# Of what one file brings: others wait while it is applied
MOST_DOCUMENTS = 500
MOST_OF_A_PART = 500
