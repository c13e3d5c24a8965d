// Saving on the server. Every answer is an object with a `kind`:
// "saved", "newer" (somebody saved meanwhile), "gone" (it was sent or discarded elsewhere),
// "signedOut", "refused" (with the reason), "busy" (a server in trouble) or "offline".

"use strict";

const PATIENCE = 15_000;
// What a page that is being closed may still send (the Fetch standard, "keepalive").
const LAST_WORDS = 60_000;

export class Server {
  constructor(form, places) {
    this.form = form;
    this.places = places;
  }

  get token() {
    return this.form.elements.csrf_token;
  }

  async save(text, { leaving = false } = {}) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...text, fields: JSON.stringify(text.fields) })) body.set(name, value);
    const keepalive = leaving && JSON.stringify(text).length * 2 < LAST_WORDS;
    let answer = await this.ask(this.places.save, { method: "POST", body, keepalive });
    // The page was open while its reader signed out or in again: a fresh key may help.
    if (answer.status === 400 && (await this.show()).kind === "known") {
      answer = await this.ask(this.places.save, { method: "POST", body, keepalive });
    }
    if (answer.status === 200) return { kind: "saved", ...answer.data };
    if (answer.status === 409) return answer.data.stored ? { kind: "newer", text: answer.data.stored } : { kind: "gone" };
    return this.trouble(answer);
  }

  // What the server keeps of this form; takes over a fresh key against forgery.
  async show() {
    const answer = await this.ask(this.places.show, {});
    if (answer.status !== 200) return this.trouble(answer);
    if (String(answer.data.user) !== this.places.user) return { kind: "refused" };
    if (this.token) this.token.value = answer.data.token;
    return { kind: "known", text: answer.data.text };
  }

  async discard(address, revision) {
    const body = new FormData();
    body.set("revision", revision);
    const answer = await this.ask(address, { method: "POST", body });
    return answer.status === 200;
  }

  trouble({ status, data }) {
    if (status === 0) return { kind: "offline" };
    if (status === 401 || status === 400) return { kind: "signedOut" };
    if (status < 500 && status !== 429) return { kind: "refused", reason: data.reason };
    return { kind: "busy" };
  }

  async ask(address, options) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.token?.value || "" };
    try {
      const response = await fetch(address, { headers, signal: AbortSignal.timeout(PATIENCE), ...options });
      const isData = response.headers.get("Content-Type")?.startsWith("application/json");
      return { status: response.redirected ? 401 : response.status, data: isData ? await response.json() : {} };
    } catch {
      return { status: 0, data: {} };
    }
  }
}
