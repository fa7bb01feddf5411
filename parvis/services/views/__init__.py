"""The pages about services. Each takes its input from GET, makes one query call or two, and frames a template."""
