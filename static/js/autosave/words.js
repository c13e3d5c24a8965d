// What the page says about saving: the line below the form, and texts that are offered above it.

"use strict";

import { listWords } from "./fields.js";

export class Words {
  constructor(element) {
    this.element = element;
    this.line = element.querySelector(".saved-state");
    this.announcer = element.querySelector("[role=status]");
    this.announced = "";
  }

  time(moment) {
    const [then, now] = [new Date(moment), new Date()];
    const clock = [then.getHours(), then.getMinutes()].map((part) => String(part).padStart(2, "0")).join(this.element.dataset.clock);
    if (then.toDateString() === now.toDateString()) return clock;
    return `${new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" }).format(then)}, ${clock}`;
  }

  // `kind` names the words in the element's data; readers by ear hear of a kind once, not of every saving.
  say(kind, { at = null, reason = "" } = {}) {
    const words = [reason, this.element.dataset[kind].replace("{time}", at ? this.time(at) : "")].filter(Boolean).join(" ");
    this.line.hidden = false;
    this.line.dataset.kind = kind;
    this.line.querySelector(".saved-words").textContent = words;
    this.line.querySelector(".sign-in-again").hidden = kind !== "signedOut";
    if (["unsaved", "device"].includes(kind) || kind === this.announced) return;
    this.announced = kind;
    this.announcer.textContent = words;
  }

  silence() {
    this.line.hidden = true;
  }

  // Show the offers above the form, one notice each; `bringBack` and `discard` are called with the offer.
  offer(form, offers, { bringBack, discard }) {
    for (const old of form.querySelectorAll(".offered-text")) old.remove();
    const notices = offers.map((offer) => {
      const notice = this.element.querySelector("template").content.firstElementChild.cloneNode(true);
      notice.querySelector(".offered-when").textContent = this.element.dataset[offer.why].replace("{time}", this.time(offer.at));
      notice.querySelector(".offered-changed").hidden = !offer.isOfAnotherForm;
      listWords(notice.querySelector(".offered-words"), offer.fields);
      notice.querySelector(".bring-back").addEventListener("click", () => bringBack(offer));
      notice.querySelector(".discard").addEventListener("click", () => discard(offer));
      return notice;
    });
    form.prepend(...notices);
    const news = notices[0]?.querySelector(".offered-when").textContent;
    if (news && news !== this.announcer.textContent) this.announcer.textContent = news;
  }
}
