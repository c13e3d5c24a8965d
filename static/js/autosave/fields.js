// What a form holds, as data: a list of { name, label, values, written } in the order of the form.
// Passwords, files and what only the machine put there (hidden fields) are never part of it.

"use strict";

const SKIPPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);
const CHOSEN = new Set(["radio", "checkbox", "select-one", "select-multiple"]);

// A box that has to be ticked is a declaration: it is made anew each time.
const isDeclaration = (element) => element.type === "checkbox" && element.required;

function elementsOf(form) {
  return [...form.elements].filter(
    (element) =>
      element.name && element.matches("input, textarea, select") && !SKIPPED.has(element.type) && !isDeclaration(element),
  );
}

function labelOf(element) {
  const group = ["radio", "checkbox"].includes(element.type) && element.closest("fieldset")?.querySelector("legend");
  const label = group || element.labels?.[0];
  return (label?.firstChild?.textContent || label?.textContent || "").trim().slice(0, 200);
}

function valuesOf(element) {
  if (element.type === "radio" || element.type === "checkbox") return element.checked ? [element.value] : [];
  if (element.options) return [...element.options].filter((option) => option.selected).map((option) => option.value);
  return [element.value];
}

// What the server put there, whatever was typed since.
function defaultsOf(element) {
  if (element.type === "radio" || element.type === "checkbox") return element.defaultChecked ? [element.value] : [];
  if (!element.options) return [element.defaultValue];
  const chosen = [...element.options].filter((option) => option.defaultSelected);
  if (!chosen.length && element.type === "select-one") chosen.push(...[...element.options].slice(0, 1));
  return chosen.map((option) => option.value);
}

// Words that the server put into the field are not the person's, unless they were sent and came back.
function isWritten(element) {
  if (CHOSEN.has(element.type)) return false;
  return element.value !== element.defaultValue || Boolean(document.querySelector(".error-summary"));
}

function gather(form, valuesOf) {
  const fields = new Map();
  for (const element of elementsOf(form)) {
    const known = fields.get(element.name);
    if (known) {
      known.values.push(...valuesOf(element));
      known.written ||= isWritten(element);
    } else
      fields.set(element.name, {
        name: element.name,
        label: labelOf(element),
        values: valuesOf(element),
        written: isWritten(element),
      });
  }
  return [...fields.values()];
}

export const collect = (form) => gather(form, valuesOf);

// A slow line lets people type before the scripts are there: what stands in the form then is not the server's.
export const collectDefaults = (form) => gather(form, defaultsOf);

// Put the fields back; a field that the form no longer has is left out, one that is new stays as it is.
export function fill(form, fields) {
  const wanted = new Map(fields.map((field) => [field.name, [...field.values]]));
  for (const element of elementsOf(form)) {
    const values = wanted.get(element.name);
    if (!values) continue;
    if (element.type === "radio" || element.type === "checkbox") element.checked = values.includes(element.value);
    else if (element.options) for (const option of element.options) option.selected = values.includes(option.value);
    else element.value = values.shift() ?? "";
    if (valuesOf(element).some(Boolean)) element.closest("details")?.setAttribute("open", "");
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const plain = (fields) => JSON.stringify(fields.map(({ name, values }) => [name, values.map((value) => value.replace(/\r\n?/g, "\n"))]));

export const same = (some, others) => plain(some) === plain(others);

// A short mark of what the form held, to notice that it holds something else now (FNV-1a, 32 bits, twice).
export function digest(fields) {
  const text = plain(fields);
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return [low, high].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}

// What was typed, as [label, words], to be read without the form.
export function wordsOf(fields) {
  return fields
    .filter((field) => field.written)
    .flatMap((field) => field.values.filter((value) => value.trim()).map((value) => [field.label, value]));
}

export function listWords(list, fields) {
  list.replaceChildren(
    ...wordsOf(fields).flatMap(([label, words]) => {
      const [term, description] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = label;
      description.textContent = words;
      return [term, description];
    }),
  );
}
