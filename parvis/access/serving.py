"""Giving out what somebody else uploaded: to be saved, never shown by a browser as a page of ours."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return an answer that a browser saves under `name`, and runs nothing of."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
