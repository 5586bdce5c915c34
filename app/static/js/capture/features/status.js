// What is saved where, said calmly: a new line only for what lasts.

const WORDS = {
  saved: ({ savedAt }) => (savedAt ? `Saved here and on the server, ${savedAt}` : "Saved on the server"),
  busy: () => "Saved on this device; on its way to the server",
  offline: () => "Saved on this device; sent when there is a connection",
  "signed out": () => "Saved on this device; sent when you have signed in",
  "somebody else": () => "Saved on this device, for whoever wrote it",
  closed: () => "Saved on this device; this interview takes no more words from you",
};
const LASTING = 1500;
const CALM = ["saved", "busy"];

export function startStatus(capture) {
  const line = capture.root.querySelector("[data-status]");
  let timer = null;
  capture.on("state", (sync) => {
    line.dataset.state = sync.state;
    clearTimeout(timer);
    if (sync.state !== "busy") return say(line, sync);
    timer = setTimeout(() => say(line, sync), LASTING);
  });
}

function say(line, sync) {
  let text = WORDS[sync.state](sync);
  if (!sync.store.isLasting && sync.state !== "saved") text = "Kept on this page: leave it open until it is sent";
  line.dataset.tone = CALM.includes(sync.state) ? "" : "waiting";
  if (line.textContent !== text) line.textContent = text;
}
