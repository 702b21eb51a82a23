import { comply } from "./comply.ts";

comply("chromium");
