"""The `parvis` command: assembles what each room's `commands.py` offers."""


def main() -> int:
    """Run the command."""
    raise NotImplementedError
