"""Headers of every answer that Django's own security middleware does not set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What no page of ours uses is refused to it, and so to whatever might get into it.
REFUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *(
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
    ),
    *("payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED)
OPEN_TO_OTHERS = "/api/"  # what anyone may use from their own site
HEALTH = {"/healthz", "/readyz", "/metrics"}


class HeadersMiddleware:
    """Says which features of the browser stay off, and that no other site may embed our pages and files.

    Probes of load balancers name the machine's address as host, which no list of host names can hold: for the
    addresses of health, which show no page and build no link, the host does not matter.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in HEALTH:
            request.META["HTTP_HOST"] = "localhost"
            request.META.pop("HTTP_X_FORWARDED_HOST", None)
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        is_open = request.path_info.startswith(OPEN_TO_OTHERS)
        response.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin")
        return response
