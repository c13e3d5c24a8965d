// Keeps the text of one form: on this device at once, on the server when asked.
// What it says is true: "saved" is said of exactly what stands in the form.

"use strict";

import * as device from "./device.js";
import { collect, collectDefaults, digest, same } from "./fields.js";
import { Server } from "./server.js";

const AGAIN = 15_000;

export class Keeper {
  constructor(form, data, words) {
    this.form = form;
    this.data = data;
    this.words = words;
    this.user = data.user;
    this.place = data.autosave;
    this.writer = form.elements.unfinished_writer.value;
    this.server = new Server(form, data);
    this.initial = collectDefaults(form);
    this.base = digest(this.initial);
    this.last = this.initial; // What this device kept last.
    this.stored = null; // What the server holds, and in which revision of it.
    this.revision = 0;
    this.discardAt = "";
    this.offers = null;
  }

  get now() {
    return collect(this.form);
  }

  get isUntouched() {
    return same(this.now, this.initial);
  }

  get isDirty() {
    return !same(this.now, this.stored ?? this.initial);
  }

  // What was typed has been taken back: the form is again as the server made it.
  get isTakenBack() {
    return this.isUntouched && digest(this.initial) === this.base;
  }

  // What the server holds is `text`, or nothing.
  know(text) {
    this.stored = text?.fields ?? null;
    this.storedAt = text?.at;
    this.revision = text?.revision ?? 0;
    this.discardAt = text?.discard ?? "";
  }

  // On this device; when the very same is on the server, that is what the page says.
  keep({ anyway = false } = {}) {
    if (!anyway && this.last && same(this.now, this.last)) return;
    if (this.isTakenBack && !this.stored) {
      this.clear();
      return;
    }
    const saved = Boolean(this.stored) && same(this.now, this.stored);
    const at = saved ? this.storedAt : Date.now();
    this.record({ saved, at });
    this.words.say(saved ? "saved" : this.isKept ? "device" : "unsaved", { at });
  }

  // Write down what stands in the form; offers that only this device has are kept beside it. While one
  // of the server's is undecided, the text does not follow from that revision.
  record({ saved, at }) {
    const { title, address } = this.data;
    const revision = this.offers.areOnServer ? 0 : this.revision;
    const text = { fields: this.now, title, address, base: this.base, at, revision, saved };
    this.isKept = device.write(this.user, this.place, { ...text, writer: this.writer, others: this.offers.here });
    this.last = text.fields;
  }

  clear() {
    this.recordOffers();
    this.last = this.initial;
    this.words.silence();
  }

  // Nothing stands in the form that was typed: only offers are left to keep, if any.
  recordOffers() {
    const [first, ...others] = this.offers.here;
    if (!first) return device.remove(this.user, this.place);
    const { title, address } = this.data;
    device.write(this.user, this.place, { ...first, title, address, revision: this.revision, saved: false, writer: "", others });
  }

  // While a text of the server waits for a decision, it is not overwritten there.
  async send({ leaving = false } = {}) {
    clearTimeout(this.again);
    this.keep();
    if (!this.user || this.isSubmitting || this.offers.areOnServer || !this.isDirty) return;
    if (this.sending && !leaving) {
      this.isWanted = true;
      return;
    }
    const fields = this.now;
    if (this.isTakenBack) {
      if (!this.offers.areOpen) await this.forget();
      return;
    }
    const { title, address } = this.data;
    const text = { user: this.user, place: this.place, title, address, base: this.base, fields };
    const asked = this.server.save({ ...text, writer_key: this.writer, revision: this.revision }, { leaving });
    this.sending = asked;
    this.heard(await asked, fields);
    if (this.sending === asked) this.sending = null;
    if (this.isWanted) this.again = setTimeout(() => this.send(), 0);
    this.isWanted = false;
  }

  heard(answer, fields) {
    const isStill = same(this.now, fields);
    if (answer.kind === "saved") {
      this.know({ ...answer, fields });
      if (isStill) this.keep({ anyway: true });
    } else if (answer.kind === "newer") {
      this.know(answer.text);
      this.words.say(this.isKept ? "device" : "unsaved", { at: Date.now() });
      this.offers.propose({ ...answer.text, why: "elsewhere", isOnServer: true }, this.now, this.base);
    } else {
      if (answer.kind === "gone") this.know(null);
      this.words.say(this.isKept ? answer.kind : "nowhere", { reason: answer.reason });
      if (answer.kind === "offline" || answer.kind === "busy") this.again = setTimeout(() => this.send(), AGAIN);
    }
  }

  // Here and on the server: the text was discarded, or typed and taken back.
  async forget() {
    const [address, revision] = [this.discardAt, this.revision];
    this.clear();
    if (!address || (await this.server.discard(address, revision))) this.know(null);
  }
}
