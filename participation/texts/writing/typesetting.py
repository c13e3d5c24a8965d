"""Runs as a program of its own: a document as JSON comes in, a PDF goes out.

typst keeps memory in a long-lived process, and no document may take the application with it. Started by path and
isolated, so it imports nothing of ours.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

STANDARDS = ["a-2a", "ua-1"]
MEMORY = 1536 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import typst

    request = json.load(sys.stdin.buffer)
    template = Path(request["template"])
    compiler = typst.Compiler(
        str(template),
        root=str(template.parent),
        ignore_system_fonts=True,
        font_paths=[request["fonts"]],
        sys_inputs={"document": json.dumps(request["document"])},
    )
    standards: Any = STANDARDS if request["strict"] else []
    data: Any = compiler.compile(format="pdf", pdf_standards=standards, timestamp=request["timestamp"])
    sys.stdout.buffer.write(data)


main()
