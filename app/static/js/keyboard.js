// Single keys: ? for help, / for search, g and a letter to go somewhere (data-go on the link),
// and any element's own letter (data-shortcut). They can be switched off in the help.
const OFF = "because.keyboard.off";
const GO_WAIT = 1200;
let goUntil = 0;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function act(key) {
  if (performance.now() < goUntil) {
    goUntil = 0;
    return find(`[data-go="${CSS.escape(key)}"]`)?.click() ?? true;
  }
  if (key === "g") goUntil = performance.now() + GO_WAIT;
  else if (key === "?") document.getElementById("keyboard-help")?.showModal();
  else if (key === "/") find("[data-search], input[type=search]")?.focus();
  else {
    const wanted = find(`[data-shortcut="${CSS.escape(key)}"]`);
    if (!wanted) return false;
    wanted.click();
  }
  return true;
}

function find(selector) {
  return document.querySelector(selector);
}

export function startKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (localStorage.getItem(OFF) && event.key !== "?") return;
    if (typing(event.target) || find("dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });
  const choice = find("[data-keyboard-switch]");
  if (!choice) return;
  choice.checked = !localStorage.getItem(OFF);
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
}
