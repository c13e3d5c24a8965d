// A long action on this page: asks its own address how far it is, and shows what comes back.
// Without this script the page reloads itself, or has a link that does.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

const region = () => document.querySelector("[data-progress]");
const status = document.querySelector("[data-progress-status]");

function say(words) {
  // Only a step that is new is said aloud, not every number.
  if (status && words && status.textContent !== words) status.textContent = words;
}

async function ask(address) {
  // What comes back stands on this page, so it is asked for in the language of this page.
  const here = new URL(address, location.href);
  here.searchParams.set("language", document.documentElement.lang);
  const answer = await fetch(here, { headers: { Accept: "text/html" }, cache: "no-store" });
  // What is gone or no longer ours to see says so on a page of its own.
  if ([401, 403, 404].includes(answer.status)) return null;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-progress]");
}

function show(fresh) {
  const old = region();
  const link = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  old.replaceWith(fresh);
  // Whoever stood on a link of the old part stands on the same link of the new one.
  if (link) fresh.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
}

function ended(fresh, address) {
  if (!fresh || fresh.dataset.next) {
    location.assign(fresh?.dataset.next || address);
    return true;
  }
  return !("unfinished" in fresh.dataset);
}

async function follow() {
  let pause = FIRST_PAUSE;
  let last = "";
  while (region() && "unfinished" in region().dataset) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (document.hidden) continue;
    const address = region().dataset.progress;
    try {
      const fresh = await ask(address);
      const found = fresh ? fresh.textContent : "";
      // What moves is asked about often, what stands still ever more seldom.
      pause = found === last ? Math.min(pause * 1.3, LONGEST_PAUSE) : FIRST_PAUSE;
      last = found;
      if (fresh) {
        const words = fresh.dataset.said;
        if (!fresh.dataset.next) show(fresh);
        say(words);
      }
      if (ended(fresh, address)) return;
    } catch {
      say(status?.dataset.lost);
      pause = LONGEST_PAUSE;
    }
  }
}

follow();
