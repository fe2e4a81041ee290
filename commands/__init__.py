"""What the `plumbline` command does, one module a family; the only room besides `web` that opens any other."""
