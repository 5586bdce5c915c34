// A page opened from this device takes in what the server's has more: questions, the guide's state.

export function startRefreshing(capture) {
  capture.on("refreshed", (fresh) => {
    const main = capture.root.querySelector("main");
    let before = null;
    for (const turn of fresh.querySelectorAll("[data-turn]")) {
      const known = capture.turn(turn.dataset.turn);
      if (known) {
        before = known;
        continue;
      }
      turn.hidden = true;
      if (before) before.after(turn);
      else main.prepend(turn);
      before = turn;
    }
    replace(capture, fresh, ".capture-head .eyebrow");
    if (stepsOf(fresh) !== stepsOf(capture.root)) replace(capture, fresh, ".outline");
    const { current } = capture;
    if (current) capture.tell("moved", current);
  });
}

function replace(capture, fresh, selector) {
  const [old, found] = [capture.root.querySelector(selector), fresh.querySelector(selector)];
  if (old && found) old.replaceWith(found);
}

function stepsOf(root) {
  return [...root.querySelectorAll("[data-step]")].map((step) => step.dataset.step).join();
}
