"""Zip files whose bytes depend on nothing but what is in them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# The earliest moment that a zip can hold: no member says when or where it was written.
_MOMENT = (1980, 1, 1, 0, 0, 0)
# These formats are recognised by a first member that is not compressed, and Word wants its list of types early.
_FIRST = ("mimetype", "[Content_Types].xml", "_rels/.rels")
_DOS = 0


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members in a fixed order with a fixed date."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in sorted(members, key=lambda name: (name not in _FIRST, name)):
            member = ZipInfo(name, _MOMENT)
            member.create_system = _DOS
            member.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(member, members[name])
    return file.getvalue()
