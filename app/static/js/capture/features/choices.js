// How an answer was taken, and passing a question over.

export function startChoices(capture) {
  capture.root.addEventListener("change", ({ target }) => {
    if (target.name !== "taken") return;
    const question = target.closest("[data-turn]").dataset.turn;
    capture.sync.change({ do: "taken", question, taken: target.value });
  });
  capture.onPart("answer", (question, { taken }) => {
    const choice = capture.turn(question)?.querySelector("select[name=taken]");
    if (choice && taken && choice !== document.activeElement) choice.value = taken;
  });
}

export function passOver(capture, turn, reason) {
  const question = turn.dataset.turn;
  if (capture.sync.answer(question).text.trim()) return;
  capture.sync.change({ do: "skip", question, reason });
  capture.step(question)?.classList.add("passed");
}
