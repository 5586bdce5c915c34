// Saves an answer as it is written. Words lie on this device until the server has them, and no
// longer. Without this script the buttons save.
import { newId } from "./capture/ids.js";
import { merge, moved } from "./capture/words.js";

const form = document.querySelector("[data-answer]");
const { text, base, revision, over } = form.elements;
const status = form.querySelector("[data-status]");
const key = `because.buyer.words.${location.pathname}`;
const PAUSE = 800;
const RETRIES = [1, 2, 5, 10, 30];
const LONGEST_ANSWER = 15_000;

// The words that the server has, and their number there.
let stands = { number: Number(base.value), text: text.defaultValue };
// What is under way. Where no answer came it may have arrived all the same: it is sent again as it
// was, before anything newer.
let flight = null;
let unwanted = null;
let sending = null;
let failures = 0;
let timer;

restore();
text.addEventListener("input", () => {
  keep();
  later(PAUSE);
});
window.addEventListener("online", () => later(0));
window.addEventListener("pagehide", () => send({ keepalive: true }));
document.addEventListener("visibilitychange", () => document.hidden && send({ keepalive: true }));
form.addEventListener("submit", leave);

// What an earlier page kept, with what was typed here before this script came.
function restore() {
  const kept = read();
  if (kept) {
    const typed = text.value;
    text.value = merge(stands.text, typed, kept.text).text;
    ({ stands, flight } = kept);
  }
  if (!isWaiting()) return;
  keep();
  later(0);
}

function isWaiting() {
  return flight !== null || (text.value !== stands.text && text.value !== unwanted);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => send(), wait);
}

// The words go first; the form itself then only goes on. What cannot be sent keeps the buyer here.
async function leave(event) {
  if (!sending && !isWaiting()) return fill();
  event.preventDefault();
  clearTimeout(timer);
  await (sending ?? send());
  if (!flight) form.requestSubmit(event.submitter);
  return null;
}

function fill() {
  base.value = stands.number;
  revision.value = newId();
}

function send({ keepalive = false } = {}) {
  if (sending || !isWaiting()) return sending;
  flight ??= { text: text.value, from: stands, revision: newId(), over: over.value };
  keep();
  sending = post(keepalive).finally(() => (sending = null));
  return sending;
}

async function post(keepalive) {
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({
        text: flight.text,
        base: flight.from.number,
        revision: flight.revision,
        over: flight.over,
      }),
      signal: keepalive ? undefined : AbortSignal.timeout(LONGEST_ANSWER),
      keepalive,
    });
    if (answer.status === 422) return refuse((await answer.json()).refused);
    if (!answer.ok) throw new Error(answer.statusText);
    arrive(await answer.json());
  } catch {
    say(form.dataset.waiting);
    later(RETRIES[Math.min(failures++, RETRIES.length - 1)] * 1000);
  }
  return null;
}

function refuse(why) {
  unwanted = flight.text;
  flight = null;
  keep();
  say(why);
}

function arrive({ number, theirs }) {
  const sent = flight;
  flight = null;
  failures = 0;
  unwanted = null;
  over.value = "";
  stands = { number, text: sent.text };
  // Another device wrote here too: both are put together, which takes up what was set aside.
  if (theirs !== null && theirs !== sent.text) {
    stands = { number, text: theirs };
    over.value = sent.revision;
    show(merge(sent.from.text, text.value, theirs).text);
  }
  if (isWaiting()) {
    keep();
    later(PAUSE);
    return;
  }
  forget();
  say(form.dataset.saved);
}

// The caret stays at its word.
function show(words) {
  const before = text.value;
  const [start, end] = [text.selectionStart, text.selectionEnd];
  text.value = words;
  text.setSelectionRange(moved(before, words, start), moved(before, words, end));
}

function say(words) {
  status.textContent = words;
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify({ text: text.value, stands, flight }));
  } catch {
    // No storage: the words are in the field, and on their way.
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept, then.
  }
}
