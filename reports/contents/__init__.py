"""What stands in each chapter, as headings, sentences and tables that know no page: Word and HTML are set from it."""
