// Loaded on the page after a form was accepted or somebody signed out: the copies on this device may go.

"use strict";

import * as device from "./autosave/device.js";

// The text of this writer was sent. What waited beside it for a decision was not, and stays.
function settle(user, place, writer) {
  const record = device.read(user, place);
  if (!record || record.writer !== writer) return;
  const [first, ...others] = record.others;
  if (first) device.write(user, place, { ...record, ...first, saved: false, writer: "", others });
  else device.remove(user, place);
}

// On a shared computer nothing of a person stays that is safe on the server; what is not, waits for its writer.
function clear(user) {
  for (const [place, record] of device.all(user)) if (record.saved && !record.others.length) device.remove(user, place);
}

for (const element of document.querySelectorAll("[data-settled]")) {
  const { user, texts = [], signedOut } = JSON.parse(element.dataset.settled);
  for (const [place, writer] of texts) settle(user, place, writer);
  if (signedOut) clear(signedOut);
}
