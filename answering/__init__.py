"""How answers change: differences, carry-over between versions, filters, who answers what. Pure."""
