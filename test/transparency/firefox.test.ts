import { comply } from "./comply.ts";

comply("firefox");
