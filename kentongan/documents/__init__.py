"""Typesetting, sheets and QR codes: from plain data to a PDF, a workbook or a picture. Knows nothing of rooms above.

    typeset.pdf("poster", data, {"photo.jpg": bytes}) -> bytes       A4, tagged (PDF/UA-1), Indonesian, the same bytes for the same data
    typeset.png("share", data, {...}, width=1200) -> bytes
    framing.framed(png, photo, box) -> bytes                         the drawing with a photo in it, light enough to be passed on
    qr.svg("https://…/k/7/") -> bytes
    sheets.xlsx([Sheet("KIM", head, rows)]) -> bytes                 a workbook in which nothing people wrote is run; sheets.csv the same
    @downloads.downloadable(sheet_of)                                a list view that also answers `?bentuk=xlsx`

A *layout* is a typst file in `layouts/`; `common.typ` holds what they share. What people wrote reaches a layout as strings of one JSON
value and is never read as markup. A layout sees the files of `layouts/` and the pictures handed over with the data, nothing of the disk and
nothing of the network. Sizes are bounded (`DATA_MOST`, `PICTURE_MOST`), because a layout cannot be interrupted; public ones are rendered in
the page store's line, so a slow one holds up two threads at most.

What cannot be set raises `NotTypeset` with a sentence. Letters our fonts cannot draw are replaced (`lettering`), since one of them would
spoil the whole file. Fonts and how they are made: `fonts/`, `scripts/fonts`.
"""
