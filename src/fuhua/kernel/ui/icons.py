"""A small set of line icons on a 24 × 24 grid, drawn for this house; each is the inside of one SVG."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "alert": '<path d="M12 4 21 20H3Z"/><path d="M12 10v4M12 17v.01"/>',
    "arrow-down": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "arrow-left": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "arrow-up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4ZM10 21h4"/>',
    "book": '<path d="M5 4h13v16H6.5A1.5 1.5 0 0 1 5 18.5ZM5 17h13M9 8h5"/>',
    "building": '<path d="M5 21V4h10v17M15 9h4v12M3 21h18M8 8h4M8 12h4M8 16h4"/>',
    "calendar": '<path d="M4 6h16v14H4ZM4 10h16M8 3v4M16 3v4"/>',
    "capital": '<circle cx="12" cy="12" r="9"/><path d="m8 7 4 5 4-5M12 12v6M9 12h6M9 15h6"/>',
    "chart": '<path d="M4 4v16h16M8 15l3-4 3 2 5-6"/>',
    "check": '<path d="m5 13 4 4L19 7"/>',
    "chevron-down": '<path d="m6 9 6 6 6-6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "copy": '<path d="M9 9h11v11H9ZM5 15H4V4h11v1"/>',
    "desk": '<path d="M3 9h18v3H3ZM5 12v8M19 12v8M13 12v4h6M8 9V5h6v4"/>',
    "document": '<path d="M6 3h8l4 4v14H6ZM14 3v4h4M9 12h6M9 16h6"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "edit": '<path d="M4 20v-4L16 4l4 4L8 20ZM13 7l4 4"/>',
    "exchange": '<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>',
    "external": '<path d="M13 5h6v6M19 5l-9 9M17 14v5H5V7h5"/>',
    "eye": '<path d="M3 12q9-13 18 0-9 13-18 0Z"/><circle cx="12" cy="12" r="3"/>',
    "filter": '<path d="M4 5h16l-6 8v6l-4-2v-4Z"/>',
    "flag": '<path d="M6 21V4h12l-3 4 3 4H6"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3q7 9 0 18-7-9 0-18Z"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3q-1 .5-1 1.7M12 17v.01"/>',
    "history": '<path d="M4 12a8 8 0 1 0 3-6.2L4 8M4 4v4h4M12 8v4l3 2"/>',
    "home": '<path d="m4 11 8-7 8 7v9h-5v-6H9v6H4Z"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>',
    "journey": '<circle cx="6" cy="18" r="2"/><circle cx="18" cy="6" r="2"/>'
    '<path d="M8 18h6a3 3 0 0 0 0-6h-4a3 3 0 0 1 0-6h6"/>',
    "language": '<path d="M4 6h10M9 4v2M12 6q-1 6-7 9M6 9q2 4 6 5M13 20l4-10 4 10M14.5 17h5"/>',
    "link": '<path d="m10 14 4-4M8 12l-2 2a3 3 0 0 0 4 4l2-2M16 12l2-2a3 3 0 0 0-4-4l-2 2"/>',
    "lock": '<path d="M6 11h12v9H6ZM8 11V8a4 4 0 0 1 8 0v3M12 15v2"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "moon": '<path d="M19 14A8 8 0 0 1 10 5a7.5 7.5 0 1 0 9 9Z"/>',
    "money": '<path d="M3 7h18v10H3Z"/><circle cx="12" cy="12" r="2.5"/><path d="M6 10v4M18 10v4"/>',
    "people": '<circle cx="9" cy="8" r="3"/><path d="M3 20q0-6 6-6t6 6M15.5 5.5a3 3 0 0 1 0 5M17 14q4 1 4 6"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21q0-7 8-7t8 7"/>',
    "plan": '<path d="M5 4h14v16H5ZM8 8l1 1 2-2M13 8h3M8 13l1 1 2-2M13 13h3M8 17h8"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "policy": '<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5ZM19 7l-2.5 6h5Z"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z"/>',
    "scheme": '<circle cx="12" cy="9" r="5"/><path d="m9 13-2 8 5-3 5 3-2-8M12 7v4M10 9h4"/>',
    "scouting": '<circle cx="11" cy="11" r="7"/><path d="m16 16 5 5M11 8v6M8 11h6"/>',
    "seal": '<path d="M5 5h14v14H5ZM9 9h6v3H9v3h6"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "settings": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3'
    'l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1"/>',
    "sign-in": '<path d="M10 4h9v16h-9M4 12h10M10 8l4 4-4 4"/>',
    "sign-out": '<path d="M14 4H5v16h9M9 12h11M16 8l4 4-4 4"/>',
    "space": '<path d="m12 3 8 4.5v9L12 21l-8-4.5v-9ZM4 7.5l8 4.5 8-4.5M12 12v9"/>',
    "sun": '<circle cx="12" cy="12" r="4"/>'
    '<path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2"/>',
    "trash": '<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>',
    "upload": '<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>',
    "users": '<circle cx="9" cy="8" r="3.5"/><path d="M3 20q0-6 6-6t6 6M15 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.6q3.5 1 3.5 5.4"/>',
    "venture": '<path d="M12 21v-9M12 12q-7 0-7-7 7 0 7 7ZM12 15q0-6 7-6 0 6-7 6Z"/>',
}

# The five lights differ in outline as well as in colour, so they survive a photocopier.
LIGHTS: dict[str, str] = {
    "good": '<circle cx="12" cy="12" r="10" fill="currentColor"/><path class="cut" d="m7.5 12.5 3 3 6-6.5"/>',
    "behind": '<path d="M12 2.5 22.5 21H1.5Z" fill="currentColor"/><path class="cut" d="M12 10v5M12 18v.01"/>',
    "critical": '<path d="M7.5 2h9L22 7.5v9L16.5 22h-9L2 16.5v-9Z" fill="currentColor"/>'
    '<path class="cut" d="m8.5 8.5 7 7M15.5 8.5l-7 7"/>',
    "unknown": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-dasharray="3.5 3"/>',
    "undetermined": '<path d="M12 2 22 12 12 22 2 12Z" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 12h8" stroke="currentColor" stroke-width="2"/>',
}


def drawing(name: str) -> SafeString:
    """The complete SVG of an icon; an unknown name is a mistake of the page, so it raises ``KeyError``."""
    return _constant(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


def lamp(state: str) -> SafeString:
    """The SVG of a traffic light's shape; its words stand beside it."""
    return _constant(
        '<svg class="lamp" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">'
        f"{LIGHTS[state]}</svg>"
    )


def _constant(svg: str) -> SafeString:
    """Both callers put together constants of this file only."""
    return mark_safe(svg)  # noqa: S308 -- no value from outside can reach it
