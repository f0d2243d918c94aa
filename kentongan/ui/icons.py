"""The drawings that stand beside words: one path each on a 24 × 24 grid, stroked by the stylesheet."""

PATHS: dict[str, str] = {
    "ask": "M4 5h16v11h-9l-5 4v-4H4z",
    "back": "M14.5 5l-7 7 7 7",
    "camera": "M4 8h4l2-3h4l2 3h4v11H4zM15 13a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
    "check": "M5 12.5l4.5 4.5L19 7",
    "clock": "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM12 7.5V12l3 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "desk": "M3 8h18M5 8v11M19 8v11M9 8v5h6V8",
    "edit": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "feed": "M5 19h0M5 12a7 7 0 0 1 7 7M5 5a14 14 0 0 1 14 14",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M12 18v-6M9.5 14.5L12 12l2.5 2.5",
    "group": "M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM2.5 19c.5-4 2.5-5.5 5.5-5.5s5 1.5 5.5 5.5"
    "M16 11a2.5 2.5 0 1 0 0-5M17 13.5c2.5.3 4 2 4.5 5.5",
    "key": "M14 10a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM13 13l7 7M17 17l2-2",
    "link": "M10 14l4-4M9 8l2-2a4 4 0 0 1 6 6l-2 2M15 16l-2 2a4 4 0 0 1-6-6l2-2",
    "listen": "M5 9v6h4l5 4V5L9 9zM17.5 9a4 4 0 0 1 0 6",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "news": "M5 4h14v16H5zM8.5 8h7M8.5 12h7M8.5 16h4",
    "person": "M15.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM5 20c.6-4.5 3-6.5 7-6.5s6.4 2 7 6.5",
    "pin": "M12 21s7-6.5 7-11a7 7 0 0 0-14 0c0 4.5 7 11 7 11zM12 10h0",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
    "report": "M4 10v4h3l9 5V5L7 10zM20 10v4",
    "search": "M16 16l4.5 4.5M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0z",
    "send": "M4 12l16-8-5 16-3-6z",
    "share": "M12 15V4M8 8l4-4 4 4M5 13v6h14v-6",
    "talk": "M3 5h12v8H8l-4 3v-3H3zM18 9h3v8h-1v3l-4-3h-5",
}

# Each kind of message has its own rhythm, as on the real drum, so that colour is never the only sign.
BEATS: dict[str, str] = {
    "": "M4 4h24m14 0h0m14 0h0",
    "you": "M4 4h0m14 0h0m14 0h28",
    "good": "M4 4h26m16 0h26",
    "bad": "M4 4h0m14 0h0m14 0h0m14 0h0m14 0h0",
    "quiet": "M4 4h14m38 0h14",
}
