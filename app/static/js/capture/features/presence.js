// Who else is here, and at which question.

const OWN_PAGE = "you on another page";
const LIST = new Intl.ListFormat("en-GB");

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

// Each name once, one's own page last.
function inWords(names) {
  const others = new Set(names.filter((name) => name !== OWN_PAGE));
  return LIST.format(names.includes(OWN_PAGE) ? [...others, OWN_PAGE] : others);
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
