"""Backups: one folder each, whole or not there; read and checked before anything is restored from it."""
