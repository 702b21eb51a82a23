/** Decides which connections have a pipe, and which stages their messages pass. */
import type { FaultId } from "../../extension/core/ids.ts";
import type { TransportConnection } from "../hook/transport/transport-connection.ts";
import { createPipe, type ShapingPipe } from "./pipe.ts";
import type { Running } from "./rules.ts";
import { ownMethods } from "../hook/shared-with-tools.ts";
import type { Stage } from "./stage.ts";

export interface Traffic {
  /** Gives the connection a pipe, if a fault changes its traffic. */
  begin(connection: TransportConnection): void;
  pipeOf(connection: TransportConnection): ShapingPipe | undefined;
  /**
   * Adds a stage to this connection only.
   * @returns removes it again
   */
  addStage(connection: TransportConnection, stage: Stage): () => void;
  /** A fault began or ended. */
  changed(): void;
  end(connection: TransportConnection): void;
}

interface Shaped {
  readonly pipe: ShapingPipe;
  stages: readonly Stage[];
}

export function createTraffic(running: ReadonlyMap<FaultId, Running>): Traffic {
  const pipes = ownMethods(new Map<TransportConnection, Shaped>());
  const own = ownMethods(new Map<TransportConnection, Stage>());
  const stagesOf = (connection: TransportConnection): Stage[] => {
    const first = own.get(connection);
    const stages = first ? [first] : [];
    for (const { run, target } of running.values())
      if (run.stage && target.matches(connection)) stages[stages.length] = run.stage;
    return stages;
  };
  const traffic: Traffic = {
    begin(connection) {
      const stages = stagesOf(connection);
      const known = pipes.get(connection);
      if (known) known.stages = stages;
      else if (stages.length > 0) {
        const pipe = createPipe(connection, () => pipes.get(connection)?.stages ?? []);
        pipes.set(connection, { stages, pipe });
        connection.pipe = pipe;
      }
    },
    pipeOf: (connection) => pipes.get(connection)?.pipe,
    changed() {
      for (const [connection, shaped] of [...pipes]) {
        shaped.stages = stagesOf(connection);
        if (shaped.stages.length > 0) continue;
        pipes.delete(connection);
        shaped.pipe.release();
        connection.pipe = undefined;
      }
    },
    addStage(connection, stage) {
      own.set(connection, stage);
      traffic.begin(connection);
      return () => {
        own.delete(connection);
        traffic.changed();
      };
    },
    end(connection) {
      own.delete(connection);
      pipes.delete(connection);
      connection.pipe = undefined;
    },
  };
  return traffic;
}
