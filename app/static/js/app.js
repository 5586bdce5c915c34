import { startCopying } from "./copying.js";
import { startDialogs } from "./dialogs.js";
import { startKeyboard } from "./keyboard.js";
import { startRequests } from "./requests.js";
import { startSendingOnce } from "./sending_once.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toasts.js";
import { startWaiting } from "./waiting.js";

startTheme();
startDialogs();
startKeyboard();
startToasts();
startRequests();
startCopying();
startWaiting();
startSendingOnce();
document.querySelector("[data-focus]")?.focus();
