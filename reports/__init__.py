"""What the reader sees: charts, and from issue to issue the pages around them."""
