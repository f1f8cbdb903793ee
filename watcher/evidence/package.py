"""The package: one zip file, the same bytes for the same case."""

import hashlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from watcher.evidence.case import Case
from watcher.evidence.files import files
from watcher.evidence.warc import warc
from watcher.evidence.words import readme

SUMS = "SHA256SUMS"


def package(case: Case) -> bytes:
    """Everything in a folder named after the change, with the sums of all files in the format of sha256sum."""
    contents = dict([*readme(case), *files(case), ("pages.warc", warc(case))])
    # Two blanks: the sum is of the bytes as they are (GNU coreutils, `sha256sum --binary` would say `*`).
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(contents.items()))
    contents[SUMS] = sums.encode()
    out = BytesIO()
    moment = case.event.seen_at.timetuple()[:6]
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, body in sorted(contents.items()):
            entry = ZipInfo(
                f"evidence-{case.event.id}/{name}", moment if moment[0] >= 1980 else (1980, 1, 1, 0, 0, 0)
            )
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return out.getvalue()
