// The guide at the side: what is covered, what must still be asked, what has become clear.

export function startProgress(capture) {
  capture.on("answer", () => showSoon(capture));
  capture.onPart("answer", (question, { skipped }) => {
    capture.step(question)?.classList.toggle("passed", skipped);
    showSoon(capture);
  });
}

let waiting = false;

function showSoon(capture) {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    show(capture);
  });
}

function show(capture) {
  const { root, turns } = capture;
  const done = turns.filter((turn) => capture.sync.answer(turn.dataset.turn).text.trim());
  for (const turn of turns) {
    const step = capture.step(turn.dataset.turn);
    step?.classList.toggle("done", done.includes(turn));
    const said = step?.querySelector("[data-said]");
    if (said) said.textContent = done.includes(turn) ? ", answered" : passed(step);
  }
  const musts = turns.filter((turn) => "must" in turn.dataset);
  const line = root.querySelector("[data-musts]");
  if (line) line.textContent = `${musts.filter((turn) => done.includes(turn)).length} of ${musts.length} must-asks`;
  for (const stretch of root.querySelectorAll("[data-stretch]")) {
    const steps = [...stretch.querySelectorAll("[data-step]")];
    const count = steps.filter((step) => step.classList.contains("done")).length;
    stretch.querySelector("[data-count]").textContent = count ? `${count} of ${steps.length}` : "";
  }
  for (const topic of root.querySelectorAll("[data-topic]")) {
    const attribute = `data-clarifies-${topic.dataset.topic}`;
    topic.classList.toggle("done", done.some((turn) => turn.hasAttribute(attribute)));
  }
  showNext(capture, done);
}

// What the guide can still ask to make clear what is open: a must before the others.
function showNext(capture, done) {
  const line = capture.root.querySelector("[data-next-topic]");
  if (!line) return;
  const open = [...capture.root.querySelectorAll("[data-topic]:not(.done)")];
  const left = capture.turns.filter((turn) => !done.includes(turn) && !isPassed(capture, turn));
  const asks = left.filter((turn) =>
    open.some(({ dataset }) => turn.hasAttribute(`data-clarifies-${dataset.topic}`)),
  );
  const next = asks.find((turn) => "must" in turn.dataset) ?? asks[0];
  const link = next && capture.step(next.dataset.turn)?.querySelector("a");
  if (!link) return line.replaceChildren();
  const lead = document.createElement("a");
  lead.href = link.href;
  lead.textContent = link.textContent;
  lead.dataset.goes = next.dataset.turn;
  return line.replaceChildren("Next to ask: ", lead);
}

function isPassed(capture, turn) {
  return capture.step(turn.dataset.turn)?.classList.contains("passed");
}

function passed(step) {
  return step.classList.contains("passed") ? ", passed over" : "";
}
