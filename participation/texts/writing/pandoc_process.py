"""Writing through pandoc, in a process of its own with a limit of time and memory."""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from participation.texts.writing.pandoc_nodes import Node

SECONDS = 60
HEAP = "512M"


class WritingFailed(Exception):
    """pandoc ended without a document, or not in time."""


def write(target: str, content: Node, reference: bytes | None = None) -> bytes:
    """The document in this format; `reference` is a file of it that gives the styles. Raises WritingFailed."""
    import pypandoc

    with TemporaryDirectory(prefix="submission-") as folder:
        command = [pypandoc.get_pandoc_path(), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", "--from", "json"]
        command += ["--to", target, "--output", "-"]
        if reference is not None:
            Path(folder, f"reference.{target}").write_bytes(reference)
            command += ["--reference-doc", f"reference.{target}"]
        try:
            done = subprocess.run(
                command,
                input=json.dumps(content).encode(),
                capture_output=True,
                timeout=SECONDS,
                check=False,
                cwd=folder,
            )
        except subprocess.TimeoutExpired as error:
            raise WritingFailed(f"no document within {SECONDS} seconds") from error
    if done.returncode:
        raise WritingFailed(done.stderr.decode(errors="replace")[-1000:])
    return done.stdout
