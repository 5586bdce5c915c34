import { startCopying } from "./copying.js";
import { startDialogs } from "./dialogs.js";
import { startKeyboard } from "./keyboard.js";
import { startRequests } from "./requests.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toasts.js";

startTheme();
startDialogs();
startKeyboard();
startToasts();
startRequests();
startCopying();
document.querySelector("[data-focus]")?.focus();
