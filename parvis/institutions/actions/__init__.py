"""What changes institutions, their people and their way on board, each use-case in the file of its noun."""

from parvis.institutions.actions.loads import LoadReport, load_institutions, load_shipped_institutions

__all__ = ["LoadReport", "load_institutions", "load_shipped_institutions"]
