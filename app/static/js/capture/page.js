// Holding an interview: the page is put together here, from its features. Without this script each
// question is a page with a form of its own.
import { Capture } from "./capture.js";
import { startLinting } from "../linting.js";
import { startAnswers, fieldOf } from "./features/answers.js";
import { startAside } from "./features/aside.js";
import { startChoices } from "./features/choices.js";
import { startClock } from "./features/clock.js";
import { startDeeper } from "./features/deeper.js";
import { startMarks } from "./features/marks.js";
import { startMentions } from "./features/mentions.js";
import { show, startMoving } from "./features/moving.js";
import { startOwnQuestions } from "./features/own_questions.js";
import { startPresence } from "./features/presence.js";
import { startProgress } from "./features/progress.js";
import { startRefreshing } from "./features/refreshing.js";
import { startRefusals } from "./features/refusals.js";
import { startSigningIn } from "./features/signing_in.js";
import { startStatus } from "./features/status.js";
import { openFromDevice, putAway, questionInAddress, refresh } from "./device.js";
import { newId } from "./ids.js";
import { Server } from "./server.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";
import { Tabs } from "./tabs.js";

const FEATURES = [
  startAnswers,
  startOwnQuestions,
  startChoices,
  startMarks,
  startMentions,
  startDeeper,
  startAside,
  startProgress,
  startStatus,
  startPresence,
  startRefusals,
  startRefreshing,
  startSigningIn,
  startMoving,
  startClock,
];

// `kept` is the store from which the page was opened; null where the server sent it.
async function start(root, kept) {
  const capture = new Capture(root);
  const page = newId();
  const tabs = new Tabs(capture.user, page, (message) => capture.sync?.overhear(message));
  const [store] = await Promise.all([kept ?? openStore(capture.user), tabs.isKnown]);
  if (!kept) putAway(store, root, document.title);
  capture.sync = new Sync({
    interview: capture.interview,
    user: capture.user,
    page,
    store,
    server: new Server(`/interviews/${capture.interview}/changes`, capture.user),
    tabs,
    heard: hearing(capture),
    spot: () => capture.question,
  });
  // At once, for a key may be pressed at any moment: what the page was sent with, and what was typed
  // before this script came.
  for (const [question, asked] of asking(capture)) capture.sync.answer(question).learn(knownOf(asked));
  for (const feature of FEATURES) feature(capture);
  for (const [question, asked] of asking(capture)) capture.sync.type(question, fieldOf(asked).value);
  document.dispatchEvent(new Event("because:started"));
  startLinting(root);
  if (capture.current) show(capture, capture.current);
  await capture.sync.start();
  if (!capture.current) show(capture, capture.turn(questionInAddress()) ?? firstOpen(capture));
  root.dataset.ready = "";
  if (kept) refresh(capture).catch(() => {});
  keepTheShell();
}

// Where to go on: the first question neither answered nor passed over, else the last.
function firstOpen(capture) {
  const { turns } = capture;
  const isOpen = ({ dataset }) => {
    const answer = capture.sync.answer(dataset.turn);
    return !answer.text.trim() && !answer.known.skipped;
  };
  return turns.find(isOpen) ?? turns.at(-1);
}

// So that the page opens again without a connection. It needs HTTPS, or this very computer.
function keepTheShell() {
  navigator.serviceWorker?.register("/interviews/capture-worker.js", { scope: "/interviews/" }).catch(() => {});
}

// Every question of the page with the element that asks it.
function asking({ turns, behind }) {
  return [
    ...turns.map((turn) => [turn.dataset.turn, turn]),
    ...behind.map((asked) => [asked.dataset.behind, asked]),
  ];
}

function knownOf(turn) {
  const { base, taken } = turn.querySelector("form").elements;
  return { number: Number(base.value), text: fieldOf(turn).defaultValue, taken: taken.value };
}

function hearing(capture) {
  let composing = null;
  capture.root.addEventListener("compositionstart", () => {
    composing = new Promise((over) => {
      capture.root.addEventListener("compositionend", () => setTimeout(over), { once: true });
    });
  });
  return {
    answer: (answer) => capture.tell("answer", answer),
    part: (name, question, value) => capture.tellPart(name, question, value),
    present: (people) => capture.tell("present", people),
    state: (sync) => capture.tell("state", sync),
    refused: (change, why) => capture.tell("refused", change, why),
    kept: (change) => capture.tell("kept", change),
    ready: () => composing ?? Promise.resolve(),
  };
}

const served = document.querySelector("[data-capture]");
const shell = document.querySelector("[data-shell]");
if (served) start(served, null);
else if (shell) openFromDevice(shell).then((opened) => opened && start(opened.root, opened.store));
