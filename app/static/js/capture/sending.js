// Words that wait on this device, sent from any page.
import { newId } from "./ids.js";
import { Server } from "./server.js";
import { openStore, waitingIn } from "./store.js";
import { Sync } from "./sync.js";
import { Tabs } from "./tabs.js";

const PATIENCE = 10_000;
const SILENT = { answer() {}, part() {}, present() {}, state() {}, refused() {}, kept() {}, ready() {} };

// Resolves to how many still wait.
export async function sendWaiting(user) {
  const store = await openStore(user);
  const interviews = new Set((await waitingIn(store)).map(([key]) => key[1]));
  for (const interview of interviews) await sendFor(store, user, interview);
  return (await waitingIn(store)).length;
}

async function sendFor(store, user, interview) {
  const page = newId();
  const tabs = new Tabs(user, page, () => {});
  await tabs.isKnown;
  const sync = new Sync({
    interview,
    user,
    page,
    store,
    server: new Server(`/interviews/${interview}/changes`, user),
    tabs,
    heard: SILENT,
    spot: () => null,
  });
  await sync.start();
  await sync.settled(PATIENCE);
  sync.stop();
}
