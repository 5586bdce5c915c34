"""How well two people agree who tagged the same interviews apart from each other. Pure."""
