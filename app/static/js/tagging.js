// Choosing words with the mouse, a finger or the keyboard, and tagging them beside the text. Without
// this file the same is done by picking sentences on a page of its own.
import { csrfToken } from "./requests.js";
import { toast } from "./toasts.js";
import { rangeOf, spanOf } from "./words.js";

const sheet = document.getElementById("sheet");
const body = sheet.querySelector("[data-sheet-body]");
const bar = document.getElementById("chosen");
const said = document.getElementById("chosen-said");
let chosen = null; // { words, start, end, text }
let sentence = null; // { words, from, to }, indexes of the sentences chosen by keyboard
let placing = null; // the address that puts a lost quote in its place
let from = null; // where the focus goes back to

// Choosing

function choose(words, span) {
  chosen = { words, ...span };
  highlight(rangeOf(words, span.start, span.end));
  bar.querySelector("[data-chosen-words]").textContent = span.text;
  bar.querySelector("[data-tag-chosen]").textContent = placing ? "Place it here" : "Tag these words";
  bar.hidden = sheet.open;
}

function chooseNothing() {
  chosen = null;
  sentence = null;
  bar.hidden = true;
  CSS.highlights?.delete("chosen");
}

function highlight(range) {
  CSS.highlights?.set("chosen", new Highlight(range));
}

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer;
  const words = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest?.("[data-words]");
  const span = words && spanOf(clipped(range, words), words);
  return span ? { words, span } : null;
}

// A drag often ends a little outside the answer: what counts is what lies in it.
function clipped(range, words) {
  if (words.contains(range.endContainer)) return range;
  const inside = range.cloneRange();
  inside.setEndAfter(words.lastChild);
  return inside;
}

function takeSelection({ open }) {
  const found = selected();
  if (!found) return;
  sentence = null;
  choose(found.words, found.span);
  if (open) tagChosen();
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => takeSelection({ open: false }), 250);
});
document.addEventListener("pointerup", (event) => {
  if (event.pointerType !== "mouse" || !event.target.closest("[data-words]")) return;
  clearTimeout(waiting);
  setTimeout(() => takeSelection({ open: !placing }), 0);
});

// By keyboard

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && sheet.open) return close();
  if (event.key === "Escape") return chooseNothing();
  const words = event.target.closest?.("[data-words]");
  if (!words || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key in steps) {
    event.preventDefault();
    step(words, steps[event.key], event.shiftKey);
  } else if (event.key === "Enter" && chosen) {
    event.preventDefault();
    tagChosen();
  }
  return undefined;
});

function step(words, by, extend) {
  const places = JSON.parse(words.dataset.sentences);
  if (sentence?.words !== words) sentence = { words, from: by > 0 ? 0 : places.length - 1, to: by > 0 ? 0 : places.length - 1 };
  else {
    sentence.to = Math.min(Math.max(sentence.to + by, 0), places.length - 1);
    if (!extend) sentence.from = sentence.to;
  }
  const first = places[Math.min(sentence.from, sentence.to)];
  const last = places[Math.max(sentence.from, sentence.to)];
  const text = rangeOf(words, first[0], last[1]).toString();
  document.getSelection()?.removeAllRanges();
  choose(words, { start: first[0], end: last[1], text });
  said.textContent = text;
  const box = rangeOf(words, ...places[sentence.to]).getBoundingClientRect();
  if (box.top < 80 || box.bottom > window.innerHeight - 120) window.scrollBy(0, box.top - window.innerHeight / 3);
}

// The sheet

function tagChosen() {
  if (!chosen) return;
  if (placing) place();
  else show(`${chosen.words.dataset.tag}?start=${chosen.start}&end=${chosen.end}`, chosen.words);
}

async function show(address, back) {
  const response = await ask(address);
  if (!response) return;
  from = back;
  fill(await response.text());
  bar.hidden = true;
  if (!sheet.open) sheet.show();
  focusFirst();
}

function fill(html) {
  body.innerHTML = html;
}

function focusFirst() {
  const wrong = body.querySelector(".wrong input, [aria-invalid=true]");
  (wrong ?? body.querySelector("input[name=reason]"))?.focus();
}

function close() {
  sheet.close();
  body.replaceChildren();
  chooseNothing();
  document.getSelection()?.removeAllRanges();
  from?.focus({ preventScroll: true });
}

async function place() {
  const data = new FormData();
  data.append("start", chosen.start);
  data.append("end", chosen.end);
  if (await ask(placing, { method: "POST", body: data })) window.location.reload();
}

// Asking the server

async function ask(address, options = {}) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() };
  let response;
  try {
    response = await fetch(address, { ...options, headers });
  } catch {
    toast("The server cannot be reached. What you typed is still here.", { error: true });
    return null;
  }
  if (response.ok || (response.status === 422 && options.form)) return response;
  toast(
    response.status === 401
      ? "You are signed out. Sign in again in another tab, then go on here."
      : "That did not work. Reload the page and try again; nothing was changed.",
    { error: true },
  );
  return null;
}

async function send(address, data, { form = false } = {}) {
  const response = await ask(address, { method: "POST", body: data, form });
  if (!response) return false;
  const html = await response.text();
  if (response.status === 422) {
    fill(html);
    focusFirst();
    return false;
  }
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const part of template.content.querySelectorAll("article[id], #tag-count")) {
    document.getElementById(part.id)?.replaceWith(part);
  }
  const message = template.content.querySelector("[data-message]");
  const { undo } = message.dataset;
  toast(message.textContent, { undo: undo ? () => send(undo, new FormData()) : null });
  return true;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const isTag = form.matches("#sheet [data-tag-form]");
  if (!isTag && !form.matches("[data-quiet]")) return;
  event.preventDefault();
  const article = from?.closest("article")?.id ?? form.closest("article")?.id;
  if (!(await send(form.action, new FormData(form), { form: isTag }))) return;
  from = document.getElementById(article)?.querySelector("[data-words]");
  if (isTag) close();
  else from?.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-sheet], [data-place], [data-close]");
  if (event.target.closest("[data-tag-chosen]")) tagChosen();
  else if (event.target.closest("[data-choose-nothing]")) {
    placing = null;
    chooseNothing();
  } else if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    if (link.matches("[data-close]")) close();
    else if (link.matches("[data-sheet]")) show(link.href, link);
    else beginPlacing(link);
  }
});

function beginPlacing(link) {
  placing = link.href;
  const words = document.getElementById(link.dataset.answer)?.querySelector("[data-words]");
  words?.scrollIntoView({ block: "center" });
  words?.focus({ preventScroll: true });
  toast(`Select where it stands now: ‘${link.dataset.wordsWere}’`);
}
