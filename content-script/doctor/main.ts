/**
 * Entry point of the connection doctor's script. It is injected only into pages where the user starts it; its bundle passes it to
 * the hook (scripts/injected-script.ts).
 */
import type { CreateDoctor } from "../hook/transport/doctor-hooks.ts";
import { createDoctor } from "./doctor.ts";

/** Defined by the code that the build puts around the bundle. */
declare const hubscopeMade: (create: CreateDoctor) => void;

hubscopeMade(createDoctor);
