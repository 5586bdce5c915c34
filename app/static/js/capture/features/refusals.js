// What the server would not have: shown with its words, which stay until one is done with them.

export function startRefusals(capture) {
  const list = document.createElement("div");
  capture.root.querySelector("main").prepend(list);
  capture.on("refused", (change, why) => {
    if (list.querySelector(`[data-refused="${CSS.escape(change.id)}"]`)) return;
    list.append(note(capture, change, why));
  });
}

function note(capture, change, why) {
  const box = document.createElement("div");
  box.className = "note warn refused";
  box.dataset.refused = change.id;
  box.setAttribute("role", "status");
  const words = change.do === "answer" ? "" : (change.text ?? change.say ?? "");
  const asked = capture.turn(change.question ?? "")?.querySelector(".ask")?.textContent ?? "";
  box.append(line("strong", `This was not saved: ${why}`), line("span", asked, "small quiet"));
  if (words) box.append(line("span", words, "as-typed"));
  const done = document.createElement("button");
  done.type = "button";
  done.className = "compact";
  done.textContent = "Done with it";
  done.addEventListener("click", async () => {
    await capture.sync.store.write({ remove: [["refused", capture.interview, change.id]] });
    box.remove();
  });
  box.append(done);
  return box;
}

function line(name, text, classes = "") {
  const paragraph = document.createElement("p");
  const inner = document.createElement(name);
  inner.className = classes;
  inner.textContent = text;
  paragraph.append(inner);
  return paragraph;
}
