"""What is remembered: tables, transactions and migrations. Hands out the types of `people`, never its own rows."""
