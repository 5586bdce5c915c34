// Asking on: what was behind a first answer, and what they would have decided had the price been
// the same. Price does not close a branch.
import { fieldOf } from "./answers.js";
import { priceFinder } from "../price_words.js";

export function startDeeper(capture) {
  const speaksOfPrice = priceFinder(JSON.parse(capture.root.dataset.prices));

  function open(turn, depth) {
    const behind = turn.querySelector(`[data-depth="${depth}"]`);
    if (!behind) return;
    behind.hidden = false;
    fieldOf(behind).focus();
  }

  capture.root.addEventListener("click", ({ target }) => {
    const depth = target.closest("[data-opens-behind]")?.dataset.opensBehind;
    if (depth) open(target.closest("[data-turn]"), depth);
    if (target.closest("[data-reveals=deeper]")) open(target.closest("[data-turn]"), "behind");
    const choice = target.closest("[data-would]");
    if (choice) decide(capture, choice);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyH" || !capture.current) return;
    event.preventDefault();
    open(capture.current, "behind");
  });
  capture.on("answer", ({ question, text }) => {
    const turn = capture.turn(question);
    if (!turn) return;
    if ("behind" in turn.dataset) {
      if (text) turn.hidden = false;
      return;
    }
    const asked = turn.querySelector("[data-depth=price_same]");
    const offer = turn.querySelector("[data-offer=price]");
    if (offer) offer.hidden = !asked || !asked.hidden || !speaksOfPrice(text);
  });
  capture.onPart("answer", (question, { would }) => {
    const behind = capture.turn(question);
    if (!behind || !("behind" in behind.dataset) || would === undefined) return;
    if (would) behind.hidden = false;
    press(behind, would);
  });
}

// Pressed again, nothing is said.
function decide(capture, choice) {
  const behind = choice.closest("[data-behind]");
  const would = choice.getAttribute("aria-pressed") === "true" ? "" : choice.dataset.would;
  press(behind, would);
  capture.sync.change({ do: "would", question: behind.dataset.behind, would });
  capture.sync.keep("answer", behind.dataset.behind, { would });
}

function press(behind, would) {
  for (const chip of behind.querySelectorAll("[data-would]")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.would === would));
  }
}
