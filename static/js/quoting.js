// Words that are selected in a provision can be commented on: the offer stands at the foot of the window, and Ctrl with
// Enter takes it. The markup is in templates/components/quoting.html.

"use strict";

const LONGEST = 2_000;
const NOT_ITS_WORDS = ".number, .comment-here, .visually-hidden";
const PATIENCE = 150;
const ENDS = ["pointerup", "pointercancel"];

const offer = document.querySelector("[data-quoting]");
const holders = "[data-quotable], .draft-words .words";

function textsOf(holder) {
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts.filter((text) => text.data.trim() && !text.parentElement.closest(NOT_ITS_WORDS));
}

// The selected words of the provision in which the selection begins, and where in it they begin.
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const begin = range.startContainer;
  const holder = (begin.nodeType === Node.TEXT_NODE ? begin.parentElement : begin).closest(holders);
  if (!holder) return null;
  let [at, quote, isInside] = [0, "", false];
  for (const text of textsOf(holder)) {
    if (!range.intersectsNode(text)) {
      if (!isInside) at += text.length;
      continue;
    }
    const from = text === begin ? range.startOffset : 0;
    if (!isInside) at += from;
    isInside = true;
    quote += text.data.slice(from, text === range.endContainer ? range.endOffset : text.length);
  }
  quote = quote.replace(/\s+/g, " ").trim();
  return quote && quote.length <= LONGEST ? { holder, quote, at } : null;
}

// On the page of a provision the words go into the form; elsewhere a link leads there.
function take({ quote, at }) {
  const form = document.querySelector("form.comment-form");
  form.elements.quote.value = quote;
  form.elements.quote_at.value = at;
  form.elements.quote.closest("details").open = true;
  form.elements.quote.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.source.focus();
}

function addressFor({ holder, quote, at }) {
  const address = new URL(holder.querySelector("a.comment-here").href);
  address.searchParams.set("quote", quote);
  address.searchParams.set("at", at);
  return address.href;
}

function show() {
  const found = selected();
  offer.hidden = !found;
  if (!found) return;
  offer.querySelector("q").textContent = found.quote.length > 60 ? `${found.quote.slice(0, 59)}…` : found.quote;
  const [button, link] = [offer.querySelector("button"), offer.querySelector("a")];
  if (button) button.onclick = () => take(found);
  else link.href = addressFor(found);
}

// No selection begins on a link. While it is pressed, a passage that others commented on is none, so that its words can
// be selected; a press that selects nothing follows it.
document.addEventListener("pointerdown", (event) => {
  const passage = event.target.closest("a.passage");
  if (!passage || event.button !== 0) return;
  const address = passage.getAttribute("href");
  const restore = () => {
    passage.setAttribute("href", address);
    for (const end of ENDS) document.removeEventListener(end, restore, true);
  };
  passage.removeAttribute("href");
  for (const end of ENDS) document.addEventListener(end, restore, true);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("a.passage") && !document.getSelection().isCollapsed) event.preventDefault();
});

let soon = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(soon);
  // A press on the offer itself must not lose the words before it is heard.
  if (!offer.contains(document.activeElement)) soon = setTimeout(show, PATIENCE);
});

document.addEventListener("keydown", (event) => {
  if (offer.hidden || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.closest("form")) return;
  event.preventDefault();
  offer.querySelector("a, button").click();
});
