const STAY = 7000;
const MOST = 2;

// `undo` adds a button that takes back what the words tell of.
export function toast(text, { error = false, undo = null } = {}) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = document.createElement("div");
  box.className = error ? "toast error" : "toast";
  const line = document.createElement("p");
  line.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", "Dismiss");
  close.textContent = "×";
  box.append(line, ...(undo ? [undoButton(undo, box)] : []), close);
  makeRoom(region);
  region.append(box);
  leaveLater(box);
}

// Who decides quickly is told of the last thing and of the one before, and still sees the page.
function makeRoom(region) {
  const told = [...region.querySelectorAll(".toast:not(.error, :hover, :focus-within)")];
  for (const box of told.slice(0, Math.max(0, told.length - MOST + 1))) box.remove();
}

function undoButton(undo, box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "undo";
  button.textContent = "Undo";
  button.addEventListener("click", () => {
    box.remove();
    undo();
  });
  return button;
}

// An error stays until it is dismissed; the rest leaves unless somebody is reading it.
function leaveLater(box) {
  if (box.classList.contains("error")) return;
  setTimeout(() => {
    if (box.matches(":hover, :focus-within")) leaveLater(box);
    else box.remove();
  }, STAY);
}

export function startToasts() {
  for (const box of document.querySelectorAll(".toast")) leaveLater(box);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest(".toast")?.remove();
  });
}
