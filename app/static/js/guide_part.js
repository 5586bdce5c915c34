// One part of a guide's draft: saved while one types, with the linter beside the words. What is not
// acknowledged yet lies in the browser's storage; where somebody else changed the part, nothing is
// overwritten, and the page's own button shows both.
import { startLinting } from "./linting.js";

const PAUSE = 800;
const RETRY = 5000;
const form = document.querySelector("form[data-part]");
const state = document.getElementById("saved-state");
const seen = form.querySelector("[data-seen]");
const key = `because:${form.dataset.part}`;
let timer;
let sending = false;
let again = false;

function words() {
  const data = new FormData(form);
  data.delete("csrf_token");
  data.delete("seen");
  return new URLSearchParams(data).toString();
}

// What the server sent, whatever was typed before this script came.
function wordsAsSent() {
  const typed = new Map();
  for (const field of form.elements) typed.set(field, stateOf(field));
  form.reset();
  const sent = words();
  for (const [field, was] of typed) putBack(field, was);
  return sent;
}

function stateOf({ type, checked, value }) {
  return ["checkbox", "radio"].includes(type) ? checked : value;
}

function putBack(field, was) {
  if (["checkbox", "radio"].includes(field.type)) field.checked = was;
  else if (field.value !== was) field.value = was;
}

let acknowledged = wordsAsSent();

function keep() {
  try {
    if (words() === acknowledged) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ words: words(), seen: seen.value }));
  } catch {
    // The storage is full or closed: the words are still in the fields, and still sent.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Puts what an earlier page left behind into the fields, made from what that page had seen: where
// somebody has changed the part since, both are shown.
function restore(left) {
  const values = new URLSearchParams(left.words);
  seen.value = left.seen;
  for (const field of form.elements) {
    if (!field.name || ["csrf_token", "seen"].includes(field.name) || field.type === "submit") continue;
    const given = values.getAll(field.name);
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else field.value = given[0] ?? "";
  }
}

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

function later(wait = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  if (sending) {
    again = true;
    return;
  }
  const sent = words();
  if (sent === acknowledged) return;
  sending = true;
  try {
    await send(sent);
  } catch {
    say("Not saved: the server cannot be reached. Your words are kept here, and sent again.");
    later(RETRY);
  } finally {
    sending = false;
    if (again) {
      again = false;
      later();
    }
  }
}

async function send(sent) {
  const answer = await fetch(form.action || location.href, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
  });
  if (answer.ok) {
    ({ seen: seen.value } = await answer.json());
    acknowledged = sent;
    keep();
    say(words() === acknowledged ? "Saved." : "");
  } else if (answer.status === 409) {
    const { by } = await answer.json();
    say(`${by} changed this while you were writing. Press Save to see both; nothing is overwritten.`);
  } else if (answer.status === 422) {
    say("Not saved yet: something here needs mending. Press Save to see what.");
  } else {
    say("Not saved: reload the page. Your words are kept here.");
  }
}

function changed() {
  keep();
  say("");
  later();
}

if (!document.querySelector(".note.wrong, .error-summary")) {
  const left = kept();
  if (left && left.words !== acknowledged) {
    restore(left);
    say("Taken up from what you had typed before.");
    later();
  }
}
if (words() !== acknowledged) changed();
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => clearTimeout(timer));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});
startLinting(form);
