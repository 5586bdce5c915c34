// Plays a recording from a place: <button data-play="address" data-from="seconds"> in a bar at the
// foot of the page, or beside a transcript <button data-play-at="milliseconds of the transcript">.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-play], [data-play-at]");
  if (!button) return;
  const player = button.dataset.play ? playerOf(button.dataset.play) : document.querySelector("[data-player]");
  const from = button.dataset.play
    ? Number(button.dataset.from)
    : (Number(button.dataset.playAt) + Number(player.dataset.shift)) / 1000;
  play(player, Math.max(0, from));
});

function play(player, seconds) {
  const begin = () => {
    player.currentTime = seconds;
    player.play().catch(() => {}); // a browser that wants another tap shows its own button
  };
  if (player.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
  else player.addEventListener("loadedmetadata", begin, { once: true });
}

// One bar for all recordings of a page. A video's sound is enough for a quote.
function playerOf(address) {
  const there = document.querySelector(".heard audio");
  const player = there ?? addBar();
  if (player.getAttribute("src") !== address) player.src = address;
  return player;
}

function addBar() {
  const bar = document.createElement("div");
  bar.className = "heard";
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Recording");
  const player = document.createElement("audio");
  player.className = "player";
  player.controls = true;
  player.setAttribute("aria-label", "Recording");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "compact";
  close.textContent = "Close";
  close.addEventListener("click", () => {
    player.pause();
    bar.remove();
  });
  bar.append(player, close);
  document.querySelector("main").append(bar);
  return player;
}
