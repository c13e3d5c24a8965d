"""Run by the Python that LibreOffice speaks with: settles all changes of a file and prints its texts as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

COMMANDS = {"accepted": ".uno:AcceptAllTrackedChanges", "rejected": ".uno:RejectAllTrackedChanges"}


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def enumerated(container):
    items = container.createEnumeration()
    while items.hasMoreElements():
        yield items.nextElement()


def texts(text):
    for one in enumerated(text):
        if one.supportsService("com.sun.star.text.TextTable"):
            rows = {}
            for name in one.getCellNames():
                rows.setdefault(name.lstrip("ABCDEFGHIJ"), []).append(one.getCellByName(name).getString())
            yield "\n".join(" | ".join(cells) for cells in rows.values())
        else:
            yield one.getString()


def settled(desktop, dispatcher, file, command):
    hidden = PropertyValue("Hidden", 0, True, uno.Enum("com.sun.star.beans.PropertyState", "DIRECT_VALUE"))
    document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden,))
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    found = list(texts(document.getText()))
    document.close(True)
    return found


def main():
    office, file = sys.argv[1], Path(sys.argv[2])
    pipe = f"soglasje-{file.parent.name}"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    started = subprocess.Popen([office, "--headless", "--norestore", profile, f"--accept=pipe,name={pipe};urp;"])
    try:
        context = connected(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        found = {name: settled(desktop, dispatcher, file, command) for name, command in COMMANDS.items()}
        desktop.terminate()
    finally:
        started.wait(20)
    json.dump(found, sys.stdout)


main()
