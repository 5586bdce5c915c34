// At most three reasons: the others rest while three are chosen. The server checks it too.
const group = document.getElementById("taps");

function isGiven(tap) {
  const typed = tap.querySelector("input[list]");
  return typed ? typed.value.trim() !== "" : tap.querySelector("[type=checkbox]").checked;
}

function count() {
  const most = Number(group.dataset.most);
  const taps = [...group.querySelectorAll(".tap")];
  const given = taps.filter(isGiven);
  for (const tap of taps) {
    const entry = tap.querySelector("input[list], .choice [type=checkbox]");
    entry.disabled = given.length >= most && !given.includes(tap);
  }
  group.querySelector("[data-chosen]").textContent = given.length ? `${given.length} of ${most} chosen.` : "";
}

group?.addEventListener("input", count);
if (group) count();
