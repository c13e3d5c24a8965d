// Text that is being typed saves itself, and comes back when somebody wants it back.
// The markup is made by templates/components/autosave.html.

"use strict";

import * as device from "./autosave/device.js";
import { fill, same } from "./autosave/fields.js";
import { Keeper } from "./autosave/keeper.js";
import { mindSending, mindSigningOut } from "./autosave/leaving.js";
import { Offers } from "./autosave/offers.js";
import { Words } from "./autosave/words.js";

const [SOON, LATER] = [500, 2_000];

class Autosave {
  constructor(element) {
    this.form = element.closest("form");
    this.words = new Words(element);
    this.keeper = new Keeper(this.form, element.dataset, this.words);
    const acts = { bringBack: (offer) => this.bringBack(offer), discard: (offer) => this.discard(offer) };
    this.offers = this.keeper.offers = new Offers(this.form, this.words, acts);
  }

  async start() {
    const { keeper } = this;
    const record = device.read(keeper.user, keeper.place);
    if (record) this.takeUp(record);
    this.listen();
    if (!keeper.isUntouched) this.typed();
    const answer = keeper.user ? await keeper.server.show() : {};
    if (answer.kind === "known") this.compare(record, answer.text);
  }

  // A form that was sent back unaccepted already holds what was saved of it.
  propose(offer) {
    const { keeper } = this;
    if (!same(offer.fields, keeper.initial)) this.offers.propose(offer, keeper.now, keeper.base);
  }

  takeUp(record) {
    const { keeper } = this;
    keeper.know({ ...record, fields: record.saved ? record.fields : null });
    if (same(record.fields, keeper.now)) {
      [keeper.base, keeper.last, keeper.isKept] = [record.base, record.fields, true];
      this.words.say(record.saved ? "saved" : "device", { at: record.at });
    } else this.propose({ ...record, why: "begun", isOnServer: record.saved });
    for (const other of record.others) this.propose({ ...other, why: "begun" });
  }

  // The server knows better than a copy that was saved there: it may have been sent from elsewhere.
  compare(record, text) {
    const { keeper } = this;
    const isOurs = record && text && (text.revision === record.revision || text.writer === record.writer);
    keeper.know(text);
    if (record?.saved && !isOurs) {
      this.offers.withdraw(record.fields);
      if (keeper.isUntouched) keeper.recordOffers();
    }
    const stands = record && !record.saved && same(record.fields, keeper.now);
    if (text && same(text.fields, keeper.now)) {
      keeper.base = text.base;
      keeper.keep({ anyway: true });
    } else if (text && same(text.fields, keeper.initial)) {
      keeper.base = text.base;
      keeper.send();
    } else if (text && !isOurs) {
      this.propose({ ...text, why: "begun", isOnServer: true });
    } else if (stands) keeper.send();
  }

  // What was typed meanwhile is offered in its turn, so that a wrong press costs nothing.
  bringBack(offer) {
    const { keeper } = this;
    const [before, wasUntouched] = [keeper.now, keeper.isUntouched];
    this.isFilling = true;
    fill(this.form, offer.fields);
    this.isFilling = false;
    keeper.base = offer.base || keeper.base;
    this.offers.withdraw(offer.fields);
    if (!wasUntouched) this.propose({ fields: before, base: keeper.base, at: Date.now(), why: "replaced" });
    keeper.keep({ anyway: true });
    keeper.send();
    this.focus();
  }

  async discard(offer) {
    const { keeper } = this;
    this.offers.withdraw(offer.fields);
    this.focus();
    if (!keeper.isUntouched) {
      keeper.keep({ anyway: true });
      await keeper.send();
      return;
    }
    keeper.clear();
    if (this.offers.areOnServer) return;
    await keeper.forget();
    this.words.say("discarded");
  }

  focus() {
    this.form.querySelector("textarea, input:not([type=hidden])")?.focus();
  }

  typed() {
    const { keeper } = this;
    if (this.isFilling) return;
    if (!keeper.last || !same(keeper.now, keeper.last)) this.words.say("unsaved");
    clearTimeout(this.soon);
    clearTimeout(this.later);
    this.soon = setTimeout(() => keeper.keep(), SOON);
    this.later = setTimeout(() => keeper.send(), LATER);
  }

  listen() {
    const { keeper } = this;
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.typed());
    mindSending(this.form, keeper);
    mindSigningOut(keeper.data.signOut, keeper);
    document.addEventListener("visibilitychange", () => keeper.send({ leaving: document.hidden }));
    window.addEventListener("pagehide", () => keeper.send({ leaving: true }));
    window.addEventListener("online", () => keeper.send());
    window.addEventListener("focus", () => keeper.send());
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === device.keyOf(keeper.user, keeper.place)) this.heardOfOtherTab(device.parse(newValue));
    });
  }

  heardOfOtherTab(record) {
    const { keeper } = this;
    if (record?.writer === keeper.writer) return;
    if (!record) {
      keeper.know(null);
      keeper.last = null;
      if (!keeper.isUntouched) this.words.say("gone");
      return;
    }
    if (record.saved) keeper.know({ ...record, discard: keeper.discardAt });
    this.offers.replace({ ...record, why: "elsewhere", isOnServer: record.saved }, keeper.now, keeper.base);
    if (record.saved && same(record.fields, keeper.now)) this.words.say("saved", { at: record.at });
  }
}

device.throwAwayOld();
for (const element of document.querySelectorAll("[data-autosave]")) new Autosave(element).start();
