"""Jurisdictions, institutions, their names and who they are today."""
