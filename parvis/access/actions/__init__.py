"""The use-cases of requests, each in the file of its verb or noun."""
