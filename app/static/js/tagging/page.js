// Choosing words with the mouse, a finger or the keyboard, and tagging them beside the text. Without
// this file the same is done by picking sentences on a page of its own.
import { toast } from "../toasts.js";
import { rangeOf, spanOf, toCodePoints } from "../words.js";
import "./margin.js";
import { ask } from "./server.js";
import { isOpen, openSheet } from "./sheet.js";

const bar = document.getElementById("chosen");
const said = document.getElementById("chosen-said");
let chosen = null; // { words, start, end, text }
let sentence = null; // { words, from, to }, indexes of the sentences chosen by keyboard
let placing = null; // the address that puts a lost quote in its place

// Choosing

function choose(words, span) {
  chosen = { words, ...span };
  CSS.highlights?.set("chosen", new Highlight(rangeOf(words, span.start, span.end)));
  bar.querySelector("[data-chosen-words]").textContent = span.text;
  bar.querySelector("[data-tag-chosen]").textContent = placing ? "Place it here" : "Tag these words";
  bar.hidden = isOpen();
}

function chooseNothing() {
  chosen = null;
  sentence = null;
  bar.hidden = true;
  CSS.highlights?.delete("chosen");
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

document.addEventListener("keydown", onWords, { capture: true });

function onWords(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && chosen && !isOpen()) return chooseNothing();
  const words = event.target.closest?.("[data-words]");
  if (!words) return;
  const isHere = chosen?.words === words;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    step(words, event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
  } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && isHere) {
    stretch(event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
  } else if (event.key === "Enter" && isHere) tagChosen();
  else if (isHere && !placing && /^[\p{L}\p{N}]$/u.test(event.key)) tagChosen(event.key);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function step(words, by, extend) {
  const places = JSON.parse(words.dataset.sentences);
  if (sentence?.words !== words) {
    const first = by > 0 ? 0 : places.length - 1;
    sentence = { words, from: first, to: first };
  } else {
    sentence.to = Math.min(Math.max(sentence.to + by, 0), places.length - 1);
    if (!extend) sentence.from = sentence.to;
  }
  const first = places[Math.min(sentence.from, sentence.to)];
  const last = places[Math.max(sentence.from, sentence.to)];
  chooseByKey(words, first[0], last[1]);
  const box = rangeOf(words, ...places[sentence.to]).getBoundingClientRect();
  if (box.top < 80 || box.bottom > window.innerHeight - 120) window.scrollBy(0, box.top - window.innerHeight / 3);
}

function chooseByKey(words, start, end) {
  const text = rangeOf(words, start, end).toString();
  document.getSelection()?.removeAllRanges();
  choose(words, { start, end, text });
  said.textContent = text;
}

// Moves the end of what is chosen by a word, or its beginning.
function stretch(by, isBeginning) {
  const { words, start, end } = chosen;
  const edges = edgesOfWords(words);
  const beginnings = edges.map(([begins]) => begins);
  const ends = edges.map(([, stops]) => stops);
  if (isBeginning) chooseByKey(words, Math.min(next(beginnings, start, by), end - 1), end);
  else chooseByKey(words, start, Math.max(next(ends, end, by), start + 1));
}

function next(places, here, by) {
  const beyond = places.filter((place) => (by > 0 ? place > here : place < here));
  return (by > 0 ? beyond[0] : beyond.at(-1)) ?? here;
}

// Where each word begins and ends, in code points; what follows it up to the next space is its own.
function edgesOfWords(words) {
  const text = words.textContent;
  return [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => [
    toCodePoints(text, index),
    toCodePoints(text, index + word.length),
  ]);
}

// Tagging and placing

function tagChosen(typed = "") {
  if (!chosen) return;
  if (placing) place();
  else {
    const { words, start, end } = chosen;
    bar.hidden = true;
    openSheet(`${words.dataset.tag}?start=${start}&end=${end}`, words, {
      typed,
      whenClosed() {
        const last = sentence;
        chooseNothing();
        sentence = last && document.contains(last.words) ? last : again(last);
        document.getSelection()?.removeAllRanges();
      },
    });
  }
}

// After a tag the answer was put in anew: the arrow keys go on where they were.
function again(last) {
  const words = last && document.getElementById(last.words.closest("article")?.id)?.querySelector("[data-words]");
  return words ? { ...last, words } : null;
}

async function place() {
  const data = new FormData();
  data.append("start", chosen.start);
  data.append("end", chosen.end);
  if (await ask(placing, { method: "POST", data })) window.location.reload();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-place]");
  if (event.target.closest("[data-tag-chosen]")) tagChosen();
  else if (event.target.closest("[data-choose-nothing]")) {
    placing = null;
    chooseNothing();
  } else if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    beginPlacing(link);
  }
});

function beginPlacing(link) {
  placing = link.href;
  const words = document.getElementById(link.dataset.answer)?.querySelector("[data-words]");
  words?.scrollIntoView({ block: "center" });
  words?.focus({ preventScroll: true });
  toast(`Select where it stands now: ‘${link.dataset.wordsWere}’`);
}

// What somebody selected before this file had come.
takeSelection({ open: false });
