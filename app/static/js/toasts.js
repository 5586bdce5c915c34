const STAY = 7000;

export function toast(text, { error = false } = {}) {
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
  box.append(line, close);
  region.append(box);
  leaveLater(box);
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
