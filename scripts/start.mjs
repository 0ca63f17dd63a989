// `npm start`: sets up. Until there is a web table it settles the sample exercise on the terminal.
import { setUp } from "./setup.mjs";

setUp();
console.log("Parley is built. The sample exercise will be settled here.");
