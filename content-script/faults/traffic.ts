/** Which connections have a pipe, and through which stages their messages go. */
import type { FaultId } from "../../extension/core/ids.ts";
import type { Link } from "../hook/transport/transport-connection.ts";
import { createPipe, type ShapingPipe } from "./pipe.ts";
import type { Running } from "./rules.ts";
import { ownMethods } from "../hook/shared-with-faults.ts";
import type { Stage } from "./stage.ts";

export interface Traffic {
  /** The connection gets a pipe, if any fault shapes its traffic. */
  begin(link: Link): void;
  pipeOf(link: Link): ShapingPipe | undefined;
  /** One that belongs to this connection only. @returns takes it out again */
  addStage(link: Link, stage: Stage): () => void;
  /** A fault began or ended. */
  changed(): void;
  end(link: Link): void;
}

interface Shaped {
  readonly pipe: ShapingPipe;
  stages: readonly Stage[];
}

export function createTraffic(running: ReadonlyMap<FaultId, Running>): Traffic {
  const pipes = ownMethods(new Map<Link, Shaped>());
  const own = ownMethods(new Map<Link, Stage>());
  const stagesOf = (link: Link): Stage[] => {
    const first = own.get(link);
    const stages = first ? [first] : [];
    for (const { run, aim } of running.values())
      if (run.stage && aim.at(link)) stages[stages.length] = run.stage;
    return stages;
  };
  const traffic: Traffic = {
    begin(link) {
      const stages = stagesOf(link);
      const known = pipes.get(link);
      if (known) known.stages = stages;
      else if (stages.length > 0) {
        const pipe = createPipe(link, () => pipes.get(link)?.stages ?? []);
        pipes.set(link, { stages, pipe });
        link.pipe = pipe;
      }
    },
    pipeOf: (link) => pipes.get(link)?.pipe,
    changed() {
      for (const [link, shaped] of [...pipes]) {
        shaped.stages = stagesOf(link);
        if (shaped.stages.length > 0) continue;
        pipes.delete(link);
        shaped.pipe.release();
        link.pipe = undefined;
      }
    },
    addStage(link, stage) {
      own.set(link, stage);
      traffic.begin(link);
      return () => {
        own.delete(link);
        traffic.changed();
      };
    },
    end(link) {
      own.delete(link);
      pipes.delete(link);
      link.pipe = undefined;
    },
  };
  return traffic;
}
