// What is kept on this device: one record for each person and place, in localStorage.
//
// A record holds { fields, title, address, base, at, revision, saved, writer, others }: `saved` says
// that exactly these fields are on the server too, `others` are texts that wait for a decision.
// Storage that is blocked or full answers false or nothing; it never throws.

"use strict";

const PREFIX = "soglasje:unfinished:";
// As long as the server keeps a text; after that it goes from a device that somebody else may use, too.
const KEPT_FOR = 90 * 24 * 60 * 60 * 1000;

export const keyOf = (user, place) => `${PREFIX}${user}:${place}`;

export function parse(text) {
  try {
    const record = JSON.parse(text);
    return record && Array.isArray(record.fields) ? { others: [], ...record } : null;
  } catch {
    return null;
  }
}

export function read(user, place) {
  try {
    return parse(localStorage.getItem(keyOf(user, place)));
  } catch {
    return null;
  }
}

export function write(user, place, record) {
  try {
    localStorage.setItem(keyOf(user, place), JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

export function remove(user, place) {
  try {
    localStorage.removeItem(keyOf(user, place));
  } catch {
    // Nothing is kept where nothing may be kept.
  }
}

// Whoever wrote it: what nobody touched for so long is thrown away when a page with a form is opened.
export function throwAwayOld() {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const record = parse(localStorage.getItem(key));
      if (!record || !(Date.now() - new Date(record.at) < KEPT_FOR)) localStorage.removeItem(key);
    }
  } catch {
    // Nothing is kept where nothing may be kept.
  }
}

// All places at which this person keeps something here: [place, record].
export function all(user) {
  const start = keyOf(user, "");
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(start))
      .map((key) => [key.slice(start.length), parse(localStorage.getItem(key))])
      .filter(([, record]) => record);
  } catch {
    return [];
  }
}
