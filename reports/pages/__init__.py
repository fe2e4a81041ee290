"""The pages of the PDF, one module a chapter."""
