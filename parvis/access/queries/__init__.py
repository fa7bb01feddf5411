"""Reads for pages, for the API and for other rooms."""

from parvis.access.queries.cases import (
    CaseDetail,
    CaseText,
    DeskLine,
    case_detail,
    case_of,
    clock_of,
    desk,
    texts_of,
)
from parvis.access.queries.drafts import answers_of, draft_by_key, draft_of, own_drafts
from parvis.access.queries.files import KeptFile, file_bytes, files_of, kept_file
from parvis.access.queries.following import (
    FollowedPart,
    FollowedSubmission,
    followed,
    own_submissions,
    submission_of,
)
from parvis.access.queries.terms import PartTerms, terms_of
from parvis.access.queries.usual import usual_file, usual_files

__all__ = [
    "CaseDetail",
    "CaseText",
    "DeskLine",
    "FollowedPart",
    "FollowedSubmission",
    "KeptFile",
    "PartTerms",
    "answers_of",
    "case_detail",
    "case_of",
    "clock_of",
    "desk",
    "draft_by_key",
    "draft_of",
    "file_bytes",
    "files_of",
    "followed",
    "kept_file",
    "own_drafts",
    "own_submissions",
    "submission_of",
    "terms_of",
    "texts_of",
    "usual_file",
    "usual_files",
]
