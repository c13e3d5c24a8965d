// What happens to a text when its reader sends it or signs out.

"use strict";

const PATIENCE = 4_000;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// The server throws away what it keeps of this text when it accepts it, up to the revision known here;
// an offer that nobody has decided about stays there.
export function mindSending(form, keeper) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    keeper.keep();
    keeper.isSubmitting = true;
    setTimeout(() => (keeper.isSubmitting = false), 2 * PATIENCE);
    form.elements.unfinished_revision.value = keeper.offers.areOnServer ? 0 : keeper.revision;
    if (!keeper.sending) return;
    // A saving that is still under way must not arrive after the text itself.
    event.preventDefault();
    await Promise.race([keeper.sending, pause(PATIENCE)]);
    keeper.sending = null;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pageshow", () => (keeper.isSubmitting = false));
}

// Whoever signs out leaves nothing behind on this device, so what was typed goes to the server first.
export function mindSigningOut(address, keeper) {
  let isAsked = false;
  document.addEventListener("submit", async (event) => {
    if (event.target.getAttribute("action") !== address || isAsked || !keeper.isDirty) return;
    event.preventDefault();
    isAsked = true;
    await Promise.race([keeper.send(), pause(PATIENCE)]);
    event.target.requestSubmit(event.submitter);
  });
}
