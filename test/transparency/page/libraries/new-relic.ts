/** https://docs.newrelic.com/docs/browser/browser-monitoring/getting-started/introduction-browser-monitoring/ */
import { BrowserAgent } from "@newrelic/browser-agent/loaders/browser-agent";
import { traffic, whenAsked } from "./traffic.ts";

const ids = { accountID: "1", trustKey: "1", agentID: "1", licenseKey: "key", applicationID: "1" };
new BrowserAgent({
  init: {
    distributed_tracing: { enabled: true },
    ajax: { deny_list: [] },
    ssl: false,
  },
  info: { beacon: location.host, errorBeacon: location.host, licenseKey: "key", applicationID: "1", sa: 1 },
  loader_config: ids,
});

whenAsked(traffic);
