"""Pages and forms: the only room where a request, the database and the rules meet."""
