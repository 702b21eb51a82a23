/**
 * The faults' own script. It is put into a page only when a panel is open there or something is to be broken; its bundle hands
 * it to the hook (scripts/injected-script.ts).
 */
import type { CreateFaults } from "../hook/transport/fault-hooks.ts";
import { createFaults } from "./faults.ts";

/** Declared by what is put around the bundle. */
declare const hubscopeMade: (create: CreateFaults) => void;

hubscopeMade(createFaults);
