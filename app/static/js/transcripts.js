// A transcript beside the guide: keys through the drafts, and words that are selected.
import { toCodePoints } from "./words.js";

const PHONE = matchMedia("(max-width: 56rem)");

function drafts() {
  return [...document.querySelectorAll(".draft-answer")].filter((one) => one.offsetParent !== null);
}

function current() {
  return document.querySelector(".draft-answer.current");
}

// The draft that the keys act on; its words are shown in the transcript.
function choose(draft, { focus = true } = {}) {
  current()?.classList.remove("current");
  draft.classList.add("current");
  if (focus) draft.focus();
  for (const one of document.querySelectorAll(".talk .here")) one.classList.remove("here");
  const { first, last } = draft.dataset;
  for (let at = Number(first); at <= Number(last); at += 1) {
    document.getElementById(`s${at}`)?.classList.add("here");
  }
  if (!PHONE.matches) document.getElementById(`s${first}`)?.scrollIntoView({ block: "center" });
}

function step(by) {
  const all = drafts();
  const at = all.indexOf(current());
  const next = all[at === -1 ? 0 : at + by];
  if (next) choose(next);
}

function act(key) {
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else current()?.querySelector(`[data-draft-key="${key}"]`)?.click();
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (localStorage.getItem("because.keyboard.off")) return;
    if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
    if (!"jkamp".includes(event.key) || event.key === "") return;
    event.preventDefault();
    event.stopPropagation();
    act(event.key);
  }, { capture: true });
  document.addEventListener("click", (event) => {
    const draft = event.target.closest(".draft-answer");
    if (draft && !draft.classList.contains("current")) choose(draft, { focus: false });
  });
  // A draft that came back changed goes on being the current one, unless somebody has gone on from it
  // meanwhile. Not sooner: htmx sets its class once more as it settles.
  document.addEventListener("htmx:afterSettle", (event) => {
    const draft = document.getElementById(event.detail.target.id);
    if (draft?.matches(".draft-answer") && !current()) choose(draft);
  });
}

// One end of a selection as a segment and an offset in code points within it.
function place(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const segment = element.closest("[data-s]");
  if (!segment) return null;
  const before = document.createRange();
  before.selectNodeContents(segment);
  before.setEnd(node, offset);
  return { at: segment.dataset.s, offset: toCodePoints(before.toString(), before.toString().length) };
}

// The ends of the selection, drawn in to the words of segments; null where it holds none.
function ends(range, talk) {
  if (!talk.contains(range.commonAncestorContainer)) return null;
  const within = [...talk.querySelectorAll("[data-s]")].filter((one) => range.intersectsNode(one));
  if (!within.length || !range.toString().trim()) return null;
  const last = within.at(-1);
  return {
    start: place(range.startContainer, range.startOffset) ?? { at: within[0].dataset.s, offset: 0 },
    end: place(range.endContainer, range.endOffset)
      ?? { at: last.dataset.s, offset: [...last.textContent].length },
  };
}

function startChoosing(talk, form) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (form.contains(document.activeElement)) return;
    const found = selection.rangeCount && !selection.isCollapsed ? ends(selection.getRangeAt(0), talk) : null;
    form.hidden = !found;
    if (!found) return;
    form.elements.first.value = found.start.at;
    form.elements.first_offset.value = found.start.offset;
    form.elements.last.value = found.end.at;
    form.elements.last_offset.value = found.end.offset;
    offerToPlay(form.querySelector("[data-play-chosen]"), found.start.at);
  });
}

// The segment in which the selection begins, played from its start; nothing where no time is known.
function offerToPlay(button, segment) {
  if (!button) return;
  const at = document.getElementById(`s${segment}`).dataset.at;
  button.hidden = at === undefined;
  button.dataset.playAt = at ?? "";
}

function startFile(input) {
  const most = Number(input.dataset.mostMb);
  input.addEventListener("change", () => {
    const tooLarge = [...input.files].some((file) => file.size > most * 1024 * 1024);
    input.setCustomValidity(tooLarge ? `This file is larger than ${most} MB, which no transcript is.` : "");
    input.reportValidity();
  });
  input.form.addEventListener("submit", (event) => {
    if (input.validity.customError) {
      event.preventDefault();
      input.reportValidity();
    }
  });
}

const file = document.querySelector("[data-most-mb]");
if (file) startFile(file);
if (document.querySelector("[data-transcript]")) {
  startKeys();
  startChoosing(document.querySelector("[data-talk]"), document.querySelector("[data-chosen]"));
  const named = location.hash.startsWith("#d") && document.getElementById(location.hash.slice(1));
  if (named) choose(named);
}
