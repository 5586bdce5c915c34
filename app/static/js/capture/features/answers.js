// The words of each answer: kept with every key, and shown when others change them.
import { moved } from "../words.js";

const LONGEST_WAIT = 4000;

export function startAnswers(capture) {
  capture.root.addEventListener("input", ({ target }) => {
    if (target.matches("textarea.answer")) typed(capture, target);
  });
  capture.root.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-keep]");
    if (button) decide(capture, button);
  });
  capture.on("answer", (answer) => {
    const turn = capture.turn(answer.question);
    if (!turn) return;
    showWords(fieldOf(turn), answer.text);
    showClash(turn, answer);
  });
}

export function fieldOf(turn) {
  return turn.querySelector("textarea.answer");
}

function questionOf(element) {
  const { behind, turn } = element.closest("[data-behind], [data-turn]").dataset;
  return behind ?? turn;
}

function typed(capture, field) {
  const question = questionOf(field);
  capture.sync.type(question, field.value);
  capture.tell("answer", capture.sync.answer(question));
}

// The caret stays at its word.
function showWords(field, text) {
  if (field.value === text) return;
  const from = field.value;
  const [start, end] = [field.selectionStart, field.selectionEnd];
  field.value = text;
  if (field === document.activeElement) {
    field.setSelectionRange(moved(from, text, start), moved(from, text, end));
  }
}

function showClash(turn, answer) {
  const box = turn.querySelector("[data-clash]");
  const { clash } = answer;
  box.hidden = !clash;
  if (!clash) return;
  const shown = JSON.stringify(clash);
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.querySelector("[data-versions]").replaceChildren(...clash.map(version));
}

function version({ author, text }, index) {
  const box = element("div", "version");
  const who = element("p", "small quiet", author ? `${author} wrote:` : "You wrote on another page:");
  const take = element("button", "compact", "Take this instead");
  take.type = "button";
  take.dataset.keep = String(index);
  box.append(who, element("p", "as-typed", text || "(nothing)"), take);
  return box;
}

async function decide(capture, button) {
  const turn = button.closest("[data-behind], [data-turn]");
  const answer = capture.sync.answer(questionOf(button));
  // While words are under way nothing can be decided: they arrive first.
  if (!answer.clash) await capture.sync.settled(LONGEST_WAIT);
  const { clash } = answer;
  if (!clash) return;
  // The other has written on meanwhile: nobody decides about words not seen.
  if (JSON.stringify(clash) !== button.closest("[data-clash]").dataset.shown) {
    capture.tell("answer", answer);
    return;
  }
  const choice = button.dataset.keep;
  const texts = { mine: answer.text, joined: answer.joined };
  capture.sync.settle(answer.question, texts[choice] ?? clash[Number(choice)].text);
  capture.tell("answer", answer);
  fieldOf(turn).focus({ preventScroll: true });
}

function element(name, classes, text = "") {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = text;
  return made;
}
