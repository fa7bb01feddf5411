"""Reads for pages, for the API and for the rooms above, each in the file of its noun."""

from parvis.institutions.checklist import register_holdings
from parvis.institutions.queries.institutions import (
    AccessContact,
    FormerTitle,
    InstitutionDetail,
    InstitutionItem,
    InstitutionList,
    InstitutionReference,
    JurisdictionReference,
    Resolution,
    Resolver,
    institution_detail,
    institution_details,
    institution_list,
    jurisdiction_list,
    references,
    references_by_slug,
    resolver,
    shared_names,
    slugs,
)
from parvis.institutions.queries.onboarding import Look, live_look
from parvis.institutions.queries.receiving import FeeTerms, Receiving, receiving, receiving_list

__all__ = [
    "AccessContact",
    "FeeTerms",
    "FormerTitle",
    "InstitutionDetail",
    "InstitutionItem",
    "InstitutionList",
    "InstitutionReference",
    "JurisdictionReference",
    "Look",
    "Receiving",
    "Resolution",
    "Resolver",
    "institution_detail",
    "institution_details",
    "institution_list",
    "jurisdiction_list",
    "live_look",
    "receiving",
    "receiving_list",
    "references",
    "references_by_slug",
    "register_holdings",
    "resolver",
    "shared_names",
    "slugs",
]
