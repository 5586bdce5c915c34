// A draft's outline: Alt and an arrow moves what has the focus, and dragging moves a question. Both
// send what the plain forms send; the answer is the outline anew, and the focus stays by its id.
const root = () => document.getElementById("outline");

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const part = event.target.closest("#outline [data-question], #outline .part-head");
  const way = event.key === "ArrowUp" ? "up" : "down";
  const button = part?.querySelector(`[data-step=${way}]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-question]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.question);
  dragged.classList.add("dragged");
});

document.addEventListener("dragover", (event) => {
  const place = dragged && placeUnder(event);
  if (!place) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move"; // a link would be dropped as a link, and refused
  unmark();
  place.item?.classList.add(place.before ? "drop-before" : "drop-after");
});

document.addEventListener("drop", (event) => {
  const place = dragged && placeUnder(event);
  if (!place) return;
  event.preventDefault();
  const { question } = dragged.dataset;
  const others = [...place.list.querySelectorAll("[data-question]")].filter((each) => each !== dragged);
  const at = place.item ? others.indexOf(place.item) + (place.before ? 0 : 1) : others.length;
  htmx.ajax("POST", root().dataset.move, {
    target: "#outline",
    swap: "outerHTML",
    values: { part: "question", id: question, section: place.section, index: at },
  });
});

document.addEventListener("dragend", () => {
  unmark();
  dragged?.classList.remove("dragged");
  dragged = null;
});

// The section under the pointer, and the question beside which the dragged one would come to stand.
function placeUnder(event) {
  const section = event.target.closest?.("#outline [data-section]");
  if (!section) return null;
  const item = event.target.closest("[data-question]");
  const box = item?.getBoundingClientRect();
  return {
    section: section.dataset.section,
    list: section.querySelector(".outline-questions"),
    item: item === dragged ? null : item,
    before: box ? event.clientY < box.top + box.height / 2 : false,
  };
}

function unmark() {
  for (const each of document.querySelectorAll(".drop-before, .drop-after")) {
    each.classList.remove("drop-before", "drop-after");
  }
}
