// The page of unfinished texts also shows what could be kept on this device only.

"use strict";

import * as device from "./autosave/device.js";
import { listWords, same } from "./autosave/fields.js";

const PATIENCE = 5_000;

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

// A page that was left while it saved did not hear the answer: what the server holds word for word
// is written down as saved, so that this page does not call it lost to the server.
async function isOnServer(section, place, record) {
  if (record.others.length) return false;
  try {
    const address = section.dataset.show.replace("PLACE", encodeURIComponent(place));
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return false;
    const { text } = await response.json();
    if (!text || !same(text.fields, record.fields)) return false;
    device.write(section.dataset.deviceTexts, place, { ...record, saved: true, at: text.at, revision: text.revision });
    return true;
  } catch {
    return false;
  }
}

device.throwAwayOld();
for (const section of document.querySelectorAll("[data-device-texts]")) {
  for (const [place, record] of device.all(section.dataset.deviceTexts)) {
    if (!record.saved && !(await isOnServer(section, place, record))) show(section, place, record);
  }
}
