/** Angular's zone.js: https://github.com/angular/angular/tree/main/packages/zone.js */
import "zone.js";
import { atLeast, traffic, whenAsked } from "./traffic.ts";

interface Zone {
  fork(spec: {
    readonly name: string;
    onScheduleTask(
      delegate: { scheduleTask(zone: Zone, task: Task): Task },
      current: Zone,
      target: Zone,
      task: Task,
    ): Task;
  }): Zone;
  run<T>(callback: () => T): T;
}
interface Task {
  readonly source: string;
}
declare const Zone: { readonly current: Zone };

whenAsked(async (place) => {
  const sources: string[] = [];
  const app = Zone.current.fork({
    name: "app",
    onScheduleTask(delegate, _current, target, task) {
      sources.push(task.source);
      return delegate.scheduleTask(target, task);
    },
  });
  // A zone is lost after a native await, so everything that the zone must see starts synchronously.
  app.run(() => {
    const request = new XMLHttpRequest();
    request.open("GET", "/answers/json");
    request.addEventListener("load", () => undefined);
    request.send();
    const socket = new WebSocket(place.socket);
    socket.addEventListener("open", () => {
      socket.close();
    });
    setTimeout(() => undefined, 0);
  });
  return { ...(await traffic(place)), seen: await atLeast(4, () => sources) };
});
