// Who else is here, and at which question.

const OWN_PAGE = "you, on another page";

export function startPresence(capture) {
  let last = "";
  capture.on("present", (people) => {
    const now = JSON.stringify(people);
    if (now === last) return;
    last = now;
    show(capture, people.map((one) => ({ ...one, name: one.self ? OWN_PAGE : one.name })));
  });
}

function show(capture, people) {
  const line = capture.root.querySelector("[data-present]");
  line.hidden = !people.length;
  line.textContent = people.length ? `Also here: ${inWords(people.map((one) => one.name))}` : "";
  for (const turn of capture.turns) {
    const names = people.filter((one) => one.question === turn.dataset.turn).map((one) => one.name);
    const here = turn.querySelector("[data-writing]");
    here.hidden = !names.length;
    here.textContent = names.length ? `Also at this question: ${inWords(names)}` : "";
    const step = capture.step(turn.dataset.turn);
    if (step) showAt(step, names);
  }
}

// Each name once; "you, on another page" comes last, for it holds a comma.
function inWords(names) {
  const once = [...new Set(names)];
  return [...once.filter((name) => name !== OWN_PAGE), ...once.filter((name) => name === OWN_PAGE)].join(", ");
}

function showAt(step, names) {
  let mark = step.querySelector(".here");
  if (!names.length) return mark?.remove();
  if (!mark) {
    mark = document.createElement("span");
    mark.className = "here small";
    step.querySelector("[data-aside]").append(mark);
  }
  mark.textContent = names.map((name) => (name === OWN_PAGE ? "you" : name.split(" ")[0])).join(", ");
}
