"""The workshop in which a person writes a request, pays what it costs, sends it, and follows it."""
