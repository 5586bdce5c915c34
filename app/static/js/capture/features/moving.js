// Going from question to question, by button, key and link, and leaving the page.
import { csrfToken } from "../../requests.js";
import { fieldOf } from "./answers.js";
import { passOver } from "./choices.js";

const LONGEST_WAIT = 4000;

export function startMoving(capture) {
  const { root } = capture;
  root.addEventListener("submit", (event) => submitted(capture, event));
  root.addEventListener("click", (event) => clicked(capture, event));
  document.addEventListener("keydown", (event) => pressed(capture, event));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) capture.sync.leave();
    else capture.sync.flush();
  });
  window.addEventListener("pagehide", () => capture.sync.leave());
  window.addEventListener("pageshow", ({ persisted }) => persisted && capture.sync.flush());
  window.addEventListener("online", () => capture.sync.flush());
}

export function show(capture, turn, { focus = true } = {}) {
  if (!turn) return;
  capture.root.querySelector(".opening")?.removeAttribute("open");
  for (const each of capture.turns) each.hidden = each !== turn;
  const hand = capture.root.querySelector("[data-at-hand]");
  if (hand) hand.value = turn.dataset.turn;
  // So that a reload comes back to this question, answered or not.
  history.replaceState(null, "", turn.dataset.address);
  for (const step of capture.root.querySelectorAll("[data-step]")) {
    const here = step.dataset.step === turn.dataset.turn;
    step.classList.toggle("now", here);
    const link = step.querySelector("a");
    link.removeAttribute("aria-current");
    if (!here) continue;
    link.setAttribute("aria-current", "step");
    step.closest("details").open = true;
  }
  if (focus) fieldOf(turn).focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
  capture.tell("moved", turn);
  capture.sync?.flush();
}

async function goOn(capture) {
  const next = capture.neighbour(1);
  if (next) show(capture, next);
  else await leaveFor(capture, capture.root.dataset.home);
}

// All words acknowledged, or as many as can be in a moment; the rest waits on this device.
async function leaveFor(capture, address) {
  await capture.sync.settled(LONGEST_WAIT);
  window.location.assign(address);
}

async function submitted(capture, event) {
  const { target: form, submitter } = event;
  if (form.method === "post") proveOurs(form);
  const turn = form.closest("[data-turn]");
  if (turn) {
    event.preventDefault();
    const [then, reason] = (submitter?.value ?? "next").split(":");
    if (then === "skip") passOver(capture, turn, reason ?? "");
    if (then === "previous") show(capture, capture.neighbour(-1));
    else await goOn(capture);
  } else if (form.closest("[data-leaves]") && !form.dataset.settled && capture.sync.isWaiting) {
    event.preventDefault();
    await capture.sync.settled(LONGEST_WAIT);
    form.dataset.settled = "yes";
    form.requestSubmit(submitter);
  }
}

// A form that was kept on this device carries no token.
function proveOurs(form) {
  if (form.elements.csrf_token?.value) return;
  const token = document.createElement("input");
  Object.assign(token, { type: "hidden", name: "csrf_token", value: csrfToken() });
  form.append(token);
}

function clicked(capture, event) {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  const question = link.dataset.goes ?? link.closest("[data-step]")?.dataset.step;
  if (question) act(event, () => show(capture, capture.turn(question)));
  else if (link.closest("[data-leaves]")) act(event, () => leaveFor(capture, link.href));
}

function pressed(capture, event) {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") act(event, () => goOn(capture));
  else if (event.altKey && event.key === "ArrowDown") act(event, () => show(capture, capture.neighbour(1)));
  else if (event.altKey && event.key === "ArrowUp") act(event, () => show(capture, capture.neighbour(-1)));
  else if (event.key === "Escape") document.activeElement?.blur();
}

function act(event, action) {
  event.preventDefault();
  action();
}
