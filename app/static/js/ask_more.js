// The page of a theme: the linter speaks while one words a question for the buyers to come.
import { startLinting } from "./linting.js";

startLinting();
