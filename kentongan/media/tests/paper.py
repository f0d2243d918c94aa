"""PDFs as people and others send them."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from kentongan.media.tests.pictures import halves


def scanned(pages: int = 2) -> bytes:
    """What a telephone's scanner makes: a picture on each page."""
    file = BytesIO()
    first, *others = [halves(620, 877) for _page in range(pages)]
    first.save(file, "PDF", save_all=True, append_images=others, resolution=75, author="Warung HP", title="Rahasia")
    return file.getvalue()


def written(change: object = None, pages: int = 1, size: tuple[float, float] = (595, 842), **more: object) -> bytes:
    """Blank pages, and whatever `change` does to the writer."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(*size)
    if callable(change):
        change(writer)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def locked() -> bytes:
    """It asks for a passphrase before it opens."""
    return written(lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"))


def restricted() -> bytes:
    """It opens, but is encrypted for its owner."""
    return written(lambda writer: writer.encrypt("", "pemilik", algorithm="RC4-128"))


def with_script() -> bytes:
    """A program that runs when the file is opened."""

    def change(writer: PdfWriter) -> None:
        program = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")})
        writer.root_object[NameObject("/OpenAction")] = program

    return written(change)


def with_attachment() -> bytes:
    return written(lambda writer: writer.add_attachment("a.exe", b"MZ"))


def with_hidden_script() -> bytes:
    """The name is spelled /J#53, in an action of the first page."""

    def change(writer: PdfWriter) -> None:
        action = DictionaryObject({NameObject("/S"): NameObject("/X"), NameObject("/Js"): TextStringObject("app.alert(1)")})
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})

    return written(change).replace(b"/Js", b"/J#53")


def with_link() -> bytes:
    """An ordinary link does nothing by itself: it stays paper."""
    return written(lambda writer: writer.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://example.id/")))


def with_endless_pages() -> bytes:
    return written(pages=10_000, size=(10, 10))


def heavy() -> bytes:
    """A page that never ends being drawn: a pattern of a form that draws itself many times over."""

    def change(writer: PdfWriter) -> None:
        inner = b"0 0 m 500 500 l S " * 20
        name = None
        for _level in range(9):
            form = DecodedStreamObject()
            form.set_data(inner)
            form.update(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Form"),
                    NameObject("/BBox"): writer.pages[0].mediabox,
                    NameObject("/Resources"): DictionaryObject(
                        {NameObject("/XObject"): DictionaryObject({NameObject("/F"): name})} if name else {}
                    ),
                }
            )
            name = writer._add_object(form)
            inner = b"/F Do " * 20
        content = DecodedStreamObject()
        content.set_data(inner)
        page = writer.pages[0]
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/F"): name})})

    return written(change)
