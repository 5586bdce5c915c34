// How long one has talked, in all and on the part at hand, counted from when the interview began.
const EVERY = 15_000;

export function startClock(capture) {
  const clock = capture.root.querySelector("[data-clock]");
  if (!clock) return;
  const { gone, minutes } = capture.root.dataset;
  const began = performance.now() - Number(gone) * 60_000;
  const onPart = new Map();
  let part = null;
  let since = performance.now();

  function show() {
    clock.textContent = inWords(performance.now() - began, Number(minutes));
    if (!part?.minutes) return;
    const spent = (onPart.get(part.name) ?? 0) + performance.now() - since;
    clock.textContent += ` · this part ${inWords(spent, part.minutes)}`;
  }

  capture.on("moved", ({ dataset }) => {
    if (part) onPart.set(part.name, (onPart.get(part.name) ?? 0) + performance.now() - since);
    part = { name: dataset.part, minutes: Number(dataset.partMinutes) };
    since = performance.now();
    show();
  });
  setInterval(show, EVERY);
}

function inWords(milliseconds, minutes) {
  const gone = Math.floor(milliseconds / 60_000);
  return gone <= minutes ? `${gone} of ${minutes} minutes` : `${gone - minutes} over ${minutes} minutes`;
}
