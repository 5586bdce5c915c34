// The sheet beside the words: a reason is typed, and single keys say the rest.
import { Finder } from "./finder.js";
import { ask, send } from "./server.js";

const sheet = document.getElementById("sheet");
const body = sheet.querySelector("[data-sheet-body]");
const said = document.getElementById("chosen-said");
let finder = null;
let from = null; // where the focus goes back to
let early = null; // what was typed while the sheet was still on its way
let closed = () => {};

export const isOpen = () => sheet.open;

// `typed` are the first letters of a reason; `whenClosed` is called once.
export async function openSheet(address, back, { typed = "", whenClosed = () => {} } = {}) {
  early = { letters: typed, isDone: false };
  const response = await ask(address);
  const html = response && (await response.text());
  const first = early;
  early = null;
  if (!html) return;
  from = back;
  closed = whenClosed;
  fill(html);
  if (!sheet.open) sheet.show();
  focusFirst();
  if (!finder || !first.letters) return;
  finder.field.value = "";
  for (const key of first.letters) typeEarly(key);
  if (first.isDone) submit();
}

export function closeSheet() {
  if (!sheet.open) return;
  sheet.close();
  body.replaceChildren();
  finder = null;
  closed();
  from?.focus({ preventScroll: true });
}

function fill(html) {
  body.innerHTML = html;
  const box = body.querySelector("[data-finder]");
  finder = box ? new Finder(box) : null;
}

function focusFirst() {
  const wrong = body.querySelector(".error ~ .choices-inline input, .wrong input, [aria-invalid=true]");
  const field = wrong ?? finder?.field;
  field?.focus();
  if (field === finder?.field) field?.select();
}

function submit() {
  finder?.takeActive();
  body.querySelector("form").requestSubmit();
}

async function sendForm(form) {
  const article = from?.closest("article")?.id;
  const isDone = await send(form.action, new FormData(form), {
    refused(html) {
      fill(html);
      focusFirst();
    },
  });
  if (!isDone) return;
  const part = document.getElementById(article) ?? document.querySelector("[data-fresh]");
  from = part?.querySelector("[data-words]") ?? from;
  closeSheet();
}

// Keys

document.addEventListener("keydown", takeEarly, { capture: true });

function takeEarly(event) {
  if (!early || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") early.isDone = true;
  else if (event.key.length === 1) early.letters += event.key;
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// As if it were typed into the field now: a letter of the reason, or a key that says the rest.
function typeEarly(key) {
  if (finder.field.value && saysTheRest(key)) return;
  finder.field.value += key;
  finder.find();
}

sheet.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { target, key } = event;
  if (key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    if (target.matches("textarea")) finder?.field.focus();
    else closeSheet();
  } else if (target === finder?.field) inField(event);
  else if (!target.matches("textarea, select, [type=text]") && sayBy(key)) event.preventDefault();
});

function inField(event) {
  const { key } = event;
  if (key === "Enter") submit();
  else if (key === "ArrowDown") finder.move(1);
  else if (key === "ArrowUp") finder.move(-1);
  else if (key === "Tab") return finder.takeActive();
  else if (!saysTheRest(key)) return undefined;
  return event.preventDefault();
}

const saysTheRest = (key) => !finder.isNewName && !/\p{L}/u.test(key) && sayBy(key);

// One key each: direction, weight, layer, evidence, what the words name, a note, come back.
function sayBy(key) {
  if (key.length !== 1) return false;
  if (key === "/") return openNote();
  const choice = body.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (choice) {
    choice.click();
    tell(choice);
    return true;
  }
  if (key === ",") return nextNamed("differentiator");
  return key === "." && nextNamed("competitor");
}

function tell(choice) {
  const label = body.querySelector(`label[for="${choice.id}"]`).firstChild.textContent.trim();
  said.textContent = choice.checked ? label : `${label}: no`;
}

function openNote() {
  const note = body.querySelector("textarea[name=note]");
  note.closest("details").open = true;
  note.focus();
  return true;
}

// Through what the words name, and back to nothing.
function nextNamed(field) {
  const buttons = [...body.querySelectorAll(`[data-sets=${field}]`)];
  if (!buttons.length) return false;
  const at = buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true");
  setNamed(field, buttons[at + 1] ?? null);
  return true;
}

function setNamed(field, pressed) {
  const select = body.querySelector(`select[name=${field}]`);
  select.value = pressed?.value ?? "";
  markNamed(select);
  said.textContent = select.selectedOptions[0].textContent;
}

function markNamed(select) {
  for (const button of body.querySelectorAll(`[data-sets=${select.name}]`)) {
    button.setAttribute("aria-pressed", String(button.value === select.value));
  }
}

sheet.addEventListener("change", (event) => {
  if (event.target.matches("select")) markNamed(event.target);
});
sheet.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sets]");
  if (button) setNamed(button.dataset.sets, button.getAttribute("aria-pressed") === "true" ? null : button);
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    closeSheet();
  }
});
sheet.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-tag-form]")) return;
  event.preventDefault();
  sendForm(event.target);
});
