"""Parvis: the platform with which a government answers its public."""

__version__ = "0.1.0"
