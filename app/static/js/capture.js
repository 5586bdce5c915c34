// The capture page: shows one question of those in the page, saves while one types, and moves by
// keyboard. Without this script each question is a page with a form of its own.
import { Draft, Refused } from "./draft.js";
import { csrfToken } from "./requests.js";

const page = document.querySelector("[data-capture]");
const turns = [...page.querySelectorAll("[data-turn]")];
const status = page.querySelector("[data-status]");
const drafts = new Map(turns.map((turn) => [turn, draftOf(turn)]));
const LONGEST_WAIT = 4000;

function draftOf(turn) {
  const form = turn.querySelector("form");
  return new Draft({
    key: `because.answer.${page.dataset.viewer}.${page.dataset.capture}.${turn.dataset.turn}`,
    base: Number(form.elements.base.value),
    text: form.elements.text.defaultValue,
    taken: [...form.elements.taken.options].find((option) => option.defaultSelected)?.value,
    send: (revision) => send(form.action, revision),
    store: storage(),
    changed: () => showState(turn),
  });
}

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

async function send(address, { id, text, taken, base }) {
  const response = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken(), "HX-Request": "true" },
    body: new URLSearchParams({ text, taken, base, revision: id }),
    keepalive: text.length < 15_000,
  });
  if (response.ok) return response.json();
  if (response.status >= 500) throw new Error(response.statusText);
  throw new Refused(await words(response));
}

async function words(response) {
  const kept = "What you typed is kept on this device.";
  if (response.status === 401) return `You are signed out. ${kept} Sign in again in another tab.`;
  if (response.status === 422) return `${(await response.json()).refused} ${kept}`;
  return `This cannot be saved any more. ${kept} Reload the page.`;
}

function fields(turn) {
  return turn.querySelector("form").elements;
}

function current() {
  return turns.find((turn) => !turn.hidden);
}

// So that a reload comes back to this question, answered or not.
function stayAt(turn) {
  history.replaceState(null, "", turn.dataset.address);
}

function show(turn, { focus = true } = {}) {
  if (!turn) return;
  const before = current();
  if (before && before !== turn) drafts.get(before).flush();
  page.querySelector(".opening")?.removeAttribute("open");
  for (const each of turns) each.hidden = each !== turn;
  const hand = page.querySelector("[data-at-hand]");
  if (hand) hand.value = turn.dataset.turn;
  stayAt(turn);
  for (const link of page.querySelectorAll(".outline a")) {
    const here = link.parentElement.dataset.step === turn.dataset.turn;
    link.parentElement.classList.toggle("now", here);
    link.toggleAttribute("aria-current", here);
    if (here) {
      link.setAttribute("aria-current", "step");
      link.closest("details").open = true;
    }
  }
  if (focus) fields(turn).text.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

function neighbour(step) {
  return turns[turns.indexOf(current()) + step];
}

async function goOn() {
  const next = neighbour(1);
  if (next) show(next);
  else await leave(page.dataset.end);
}

async function leave(address) {
  await settled();
  window.location.assign(address);
}

// All answers acknowledged, or as many as can be in a moment; the rest waits in the storage.
function settled() {
  const all = Promise.all([...drafts.values()].map((draft) => draft.flush()));
  return Promise.race([all, new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
}

function showState(turn) {
  markAnswered(turn);
  showClash(turn);
  const all = [...drafts.values()];
  const problem = all.find((draft) => draft.problem)?.problem;
  if (problem) say(problem, "wrong");
  else if (all.some((draft) => draft.clash)) say("Two people wrote here", "waiting");
  else if (all.some((draft) => draft.offline && draft.pending))
    say("No connection: kept on this device, sent later", "waiting");
  else if (all.some((draft) => draft.pending)) say("Saving …", "busy");
  else {
    const at = drafts.get(turn).savedAt;
    say(at ? `Saved ${at}` : "Everything is saved", "");
  }
}

function say(text, tone) {
  if (status.textContent !== text) status.textContent = text;
  status.dataset.tone = tone;
}

function markAnswered(turn) {
  const answered = drafts.get(turn).text.trim() !== "";
  const step = page.querySelector(`[data-step="${CSS.escape(turn.dataset.turn)}"]`);
  step?.classList.toggle("done", answered);
  const said = step?.querySelector("[data-said]");
  if (said) said.textContent = answered ? ", answered" : "";
  const done = turns.filter((each) => drafts.get(each).text.trim() !== "");
  const musts = turns.filter((each) => "must" in each.dataset);
  page.querySelector("[data-musts]").textContent =
    `${musts.filter((each) => done.includes(each)).length} of ${musts.length} must-asks`;
  for (const stretch of page.querySelectorAll("[data-stretch]")) {
    const steps = [...stretch.querySelectorAll("[data-step]")];
    const count = steps.filter((each) => each.classList.contains("done")).length;
    stretch.querySelector("[data-count]").textContent = count ? `${count} of ${steps.length}` : "";
  }
  for (const topic of page.querySelectorAll("[data-topic]")) {
    const isClear = done.some((each) => each.hasAttribute(`data-clarifies-${topic.dataset.topic}`));
    topic.classList.toggle("done", isClear);
  }
}

function showClash(turn) {
  const { clash } = drafts.get(turn);
  const box = turn.querySelector("[data-clash]");
  box.hidden = !clash;
  if (!clash) return;
  box.querySelector("[data-author]").textContent = clash.author || "Somebody";
  box.querySelector("[data-theirs]").textContent = clash.text;
}

function settleClash(turn, choice) {
  const draft = drafts.get(turn);
  const theirs = draft.clash.text;
  const text = { mine: draft.text, theirs, both: `${theirs}\n\n${draft.text}` }[choice];
  fields(turn).text.value = text;
  draft.settle(text);
}

function startTurn(turn) {
  const draft = drafts.get(turn);
  const { text, taken } = fields(turn);
  // Somebody may have begun to write before this script was there.
  const early = text.value === text.defaultValue ? "" : text.value;
  if (draft.restore()) {
    text.value = early ? `${draft.text}\n\n${early}` : draft.text;
    taken.value = draft.taken;
    draft.flush();
  }
  const typed = () => draft.type(text.value, taken.value);
  if (text.value !== draft.text) typed();
  text.addEventListener("input", typed);
  taken.addEventListener("change", typed);
  turn.querySelector("form").addEventListener("submit", (event) => move(event, turn));
  turn.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-keep]")?.dataset.keep;
    if (choice) settleClash(turn, choice);
  });
}

function move(event, turn) {
  const then = event.submitter?.value ?? "next";
  const draft = drafts.get(turn);
  // An empty question passed over is told to the server by the plain form.
  if (then === "skip" && !draft.text.trim() && navigator.onLine) return;
  event.preventDefault();
  draft.flush();
  if (then === "previous") show(neighbour(-1));
  else goOn();
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") act(event, goOn);
    else if (event.altKey && event.key === "ArrowDown") act(event, () => show(neighbour(1)));
    else if (event.altKey && event.key === "ArrowUp") act(event, () => show(neighbour(-1)));
    else if (event.key === "Escape") document.activeElement?.blur();
  });
}

function act(event, action) {
  event.preventDefault();
  action();
}

function startClock() {
  const clock = page.querySelector("[data-clock]");
  if (!clock) return;
  const began = Date.now() - Number(page.dataset.gone) * 60_000;
  setInterval(() => {
    const gone = Math.floor((Date.now() - began) / 60_000);
    clock.textContent = `${gone} of ${page.dataset.minutes} minutes`;
  }, 15_000);
}

function startLeaving() {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    const step = link.closest("[data-step]")?.dataset.step;
    if (step) act(event, () => show(turns.find((turn) => turn.dataset.turn === step)));
    else if (link.closest("[data-leaves]")) act(event, () => leave(link.href));
  });
  page.addEventListener("submit", async (event) => {
    if (!event.target.closest("[data-leaves]") || event.target.dataset.settled) return;
    if (![...drafts.values()].some((draft) => draft.pending)) return;
    event.preventDefault();
    await settled();
    event.target.dataset.settled = "yes";
    event.target.requestSubmit(event.submitter);
  });
  window.addEventListener("online", settled);
  window.addEventListener("pagehide", settled);
  document.addEventListener("visibilitychange", () => document.hidden && settled());
}

turns.forEach(startTurn);
startKeys();
startClock();
startLeaving();
if (current()) {
  stayAt(current());
  fields(current()).text.focus({ preventScroll: true });
}
