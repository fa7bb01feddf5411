"""Settings, addresses, API assembly, the parvis command."""
