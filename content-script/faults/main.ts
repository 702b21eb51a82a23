/**
 * Entry point of the faults' script. It is injected only into pages whose panel is open or that get a fault; its bundle passes
 * it to the hook (scripts/injected-script.ts).
 */
import type { CreateFaults } from "../hook/transport/fault-hooks.ts";
import { createFaults } from "./faults.ts";

/** Defined by the code that the build puts around the bundle. */
declare const hubscopeMade: (create: CreateFaults) => void;

hubscopeMade(createFaults);
