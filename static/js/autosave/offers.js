// Texts that wait for a decision: bring it back, or discard it. Nothing is put into the form unasked.
//
// An offer holds { fields, base, at, why, writer, isOnServer }; `why` names the words that introduce it.

"use strict";

import { same } from "./fields.js";

const MOST = 3;

export class Offers {
  constructor(form, words, { bringBack, discard }) {
    this.form = form;
    this.words = words;
    this.acts = { bringBack, discard };
    this.list = [];
  }

  get areOpen() {
    return this.list.length > 0;
  }

  get areOnServer() {
    return this.list.some((offer) => offer.isOnServer);
  }

  // Those that only this device has, as they are kept in its record.
  get here() {
    return this.list.filter((offer) => !offer.isOnServer).map(({ fields, base, at }) => ({ fields, base, at }));
  }

  // `now` is what stands in the form, `base` the mark of what the server put there.
  propose(offer, now, base) {
    if (same(offer.fields, now) || this.list.some((known) => same(known.fields, offer.fields))) return;
    const isOfAnotherForm = Boolean(offer.base) && offer.base !== base;
    this.list = [{ ...offer, isOfAnotherForm }, ...this.list].slice(0, MOST);
    this.show();
  }

  // Another tab goes on writing: its newest text takes the place of its earlier one.
  replace(offer, now, base) {
    this.list = this.list.filter((known) => known.writer !== offer.writer);
    this.show();
    this.propose(offer, now, base);
  }

  withdraw(fields) {
    this.list = this.list.filter((offer) => !same(offer.fields, fields));
    this.show();
  }

  show() {
    this.words.offer(this.form, this.list, this.acts);
  }
}
