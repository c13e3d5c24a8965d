// The page of unfinished texts also shows what could be kept on this device only.

"use strict";

import * as device from "./autosave/device.js";
import { listWords } from "./autosave/fields.js";

function show(section, place, record) {
  const user = section.dataset.deviceTexts;
  const item = section.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  link.textContent = record.title;
  // Only ever a path of this site, whatever stands in the storage.
  if (/^\/(?![/\\])[^\s\\]*$/.test(record.address)) link.href = record.address;
  listWords(item.querySelector("dl"), record.fields);
  item.querySelector(".discard").addEventListener("click", () => {
    device.remove(user, place);
    item.remove();
    section.hidden = !section.querySelector(".unfinished-text");
  });
  section.append(item);
  section.hidden = false;
}

device.throwAwayOld();
for (const section of document.querySelectorAll("[data-device-texts]")) {
  for (const [place, record] of device.all(section.dataset.deviceTexts)) if (!record.saved) show(section, place, record);
}
