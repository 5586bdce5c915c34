// Who else is here, and at which question.

export function startPresence(capture) {
  let last = "";
  capture.on("present", (people) => {
    const now = JSON.stringify(people);
    if (now === last) return;
    last = now;
    show(capture, people.map((one) => ({ ...one, name: one.self ? "You, on another page" : one.name })));
  });
}

function show(capture, people) {
  const line = capture.root.querySelector("[data-present]");
  line.hidden = !people.length;
  line.textContent = people.length ? `Also here: ${[...new Set(people.map((one) => one.name))].join(", ")}` : "";
  for (const turn of capture.turns) {
    const names = people.filter((one) => one.question === turn.dataset.turn).map((one) => one.name);
    const here = turn.querySelector("[data-writing]");
    here.hidden = !names.length;
    here.textContent = names.length ? `${names.join(", ")} ${names.length > 1 || names[0].startsWith("You") ? "are" : "is"} at this question too` : "";
    const step = capture.step(turn.dataset.turn);
    if (step) showAt(step, names);
  }
}

function showAt(step, names) {
  let mark = step.querySelector(".here");
  if (!names.length) return mark?.remove();
  if (!mark) {
    mark = document.createElement("span");
    mark.className = "here small";
    step.querySelector("[data-aside]").append(mark);
  }
  mark.textContent = names.map((name) => name.split(" ")[0].replace(/,$/, "")).join(", ");
}
