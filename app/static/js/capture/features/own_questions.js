// Questions of one's own: asked at once, with or without a connection, and told to the other pages.
import { newId, OWN } from "../ids.js";
import { showKind } from "./aside.js";
import { show } from "./moving.js";

export function startOwnQuestions(capture) {
  capture.root.addEventListener("submit", (event) => {
    if (event.target.matches("[data-own-question]")) ask(capture, event);
  });
  capture.onPart("questions", (question, asked) => add(capture, { question, ...asked }));
  // Asked here or on another page of this person, and not yet told to the server.
  capture.on("kept", (change) => {
    if (change.do === "question") add(capture, { ...change, position: change.position + 1 });
  });
  capture.on("refreshed", () => {
    for (const turn of capture.turns) if (!capture.step(turn.dataset.turn)) addStep(capture, turn);
  });
}

function ask(capture, event) {
  event.preventDefault();
  const form = event.target;
  const say = form.elements.say.value.trim();
  if (!say) return form.elements.say.focus();
  const question = OWN + newId().replaceAll("-", "").slice(0, 12);
  const after = Number(capture.current?.dataset.position ?? 0);
  const asked = { say, kind: form.elements.kind.value };
  capture.sync.change({ do: "question", question, ...asked, position: after });
  capture.sync.keep("questions", question, { ...asked, position: after + 1 });
  add(capture, { question, ...asked, position: after + 1 });
  form.reset();
  form.elements.say.dispatchEvent(new Event("input", { bubbles: true })); // what the linter found goes too
  form.closest("details").open = false;
  return show(capture, capture.turn(question));
}

function add(capture, { question, say, kind, position }) {
  if (capture.turn(question)) return;
  const turn = blank(capture, "[data-blank-turn]", question);
  turn.dataset.position = position;
  turn.querySelector(".ask").textContent = say;
  if (kind) showKind(turn, kind);
  const before = capture.turns.filter((each) => Number(each.dataset.position) <= position).at(-1);
  if (before) {
    turn.dataset.part = before.dataset.part;
    turn.dataset.partMinutes = before.dataset.partMinutes;
    turn.querySelector("[data-part-shown]").textContent = before.querySelector("[data-part-shown]").textContent;
    before.after(turn);
  } else {
    turn.querySelector(".go button[value=previous]").remove();
    capture.root.querySelector("main .empty")?.remove();
    capture.root.querySelector("[data-blank-turn]").before(turn);
  }
  nameTheWayOn(capture);
  addStep(capture, turn);
  capture.tell("answer", capture.sync.answer(question));
}

function addStep(capture, turn) {
  const { turns } = capture;
  const question = turn.dataset.turn;
  const step = blank(capture, "[data-blank-step]", question);
  step.querySelector("a").textContent = turn.querySelector(".ask").textContent;
  const before = turns[turns.indexOf(turn) - 1];
  const stepBefore = before && capture.step(before.dataset.turn);
  if (stepBefore) return stepBefore.after(step);
  const part = blank(capture, "[data-blank-part]", question);
  part.querySelector(".steps").replaceChildren(step);
  return capture.root.querySelector("[data-blank-part]").before(part);
}

function nameTheWayOn({ turns }) {
  for (const turn of turns) {
    const [words] = turn.querySelector(".go button[value=next]").childNodes;
    words.textContent = turn === turns.at(-1) ? "Save and go to the end " : "Save and next ";
  }
}

// A copy of what the page keeps for a question without a word, under this question's id.
function blank(capture, selector, question) {
  const made = document.createElement("template");
  made.innerHTML = capture.root.querySelector(selector).innerHTML.replaceAll(`${OWN}blank`, question);
  return made.content.firstElementChild;
}
