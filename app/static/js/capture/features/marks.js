// Marks while listening: a strong quote, a place to come back to, a name. One key or one tap each;
// each is shown under the words, and taken back there.
import { codePoints } from "../words.js";
import { fieldOf } from "./answers.js";

const NAMES = { strong: "Strong quote", come_back: "Come back", competitor: "Competitor", differentiator: "Differentiator" };
const KEYS = { KeyQ: "strong", KeyB: "come_back" };
const SENTENCE_END = /[.!?…。！？\n]/u;

export function startMarks(capture) {
  const marks = new Map();
  const began = performance.now() - Number(capture.root.dataset.gone) * 60_000;
  const known = JSON.parse(capture.root.dataset.names);

  function mark(turn, kind, name = "") {
    const field = fieldOf(turn);
    const [from, to] = spanOf(field, kind);
    const question = turn.dataset.turn;
    const made = {
      do: "mark",
      question,
      kind,
      name,
      start: codePoints(field.value, from),
      end: codePoints(field.value, to),
      words: field.value.slice(from, to),
      seconds: Math.max(0, Math.floor((performance.now() - began) / 1000)),
    };
    capture.sync.change(made).then((id) => {
      put(question, [...(marks.get(question) ?? []), { id, kind, name, words: made.words }]);
    });
  }

  function nameIt(turn) {
    const input = turn.querySelector("[data-name]");
    const name = input.value.trim();
    if (!name) return input.focus();
    mark(turn, isKnown(known.differentiator, name) ? "differentiator" : "competitor", name);
    input.value = "";
    fieldOf(turn).focus({ preventScroll: true });
  }

  function put(question, list) {
    show(question, list);
    capture.sync.keep("marks", question, list);
  }

  function show(question, list) {
    marks.set(question, list);
    const turn = capture.turn(question);
    if (!turn?.querySelector("[data-marks]")) return;
    const shown = turn.querySelector("[data-marks]");
    shown.hidden = !list.length;
    shown.replaceChildren(...list.map(line));
    const step = capture.step(question);
    step?.classList.toggle("again", list.some((one) => one.kind === "come_back"));
  }

  capture.onPart("marks", show);
  capture.root.addEventListener("click", ({ target }) => {
    const turn = target.closest("[data-turn]");
    const kind = target.closest("[data-mark]")?.dataset.mark;
    if (kind === "named") nameIt(turn);
    else if (kind) mark(turn, kind);
    const back = target.closest("[data-unmark]")?.dataset.unmark;
    if (!back) return;
    const question = turn.dataset.turn;
    capture.sync.change({ do: "unmark", question, mark: back });
    put(question, marks.get(question).filter((one) => one.id !== back));
  });
  capture.root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-name]")) return;
    event.preventDefault();
    nameIt(event.target.closest("[data-turn]"));
  });
  document.addEventListener("keydown", (event) => {
    const kind = event.altKey && !event.ctrlKey && KEYS[event.code];
    if (!kind || !capture.current || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    mark(capture.current, kind);
  });
}

export function isKnown(spellings, name) {
  const key = name.toLocaleLowerCase();
  return Object.values(spellings).flat().some((one) => one.toLocaleLowerCase() === key);
}

// What is selected; else, for a strong quote, the sentence in which the cursor stands.
function spanOf(field, kind) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  if (from !== to || kind !== "strong") return [from, to];
  let start = Math.max(0, value.slice(0, from).trimEnd().length - 1);
  while (start > 0 && !SENTENCE_END.test(value[start - 1])) start -= 1;
  while (start < value.length && /\s/u.test(value[start])) start += 1;
  let end = start;
  while (end < value.length && !SENTENCE_END.test(value[end])) end += 1;
  return [start, Math.min(value.length, end + 1)];
}

function line({ id, kind, name, words }) {
  const item = document.createElement("li");
  const label = document.createElement("strong");
  label.textContent = name || NAMES[kind];
  const text = document.createElement("span");
  text.textContent = words ? ` ${words}` : "";
  const back = document.createElement("button");
  back.type = "button";
  back.className = "compact plain";
  back.dataset.unmark = id;
  back.textContent = "Take back";
  item.append(label, text, back);
  return item;
}
