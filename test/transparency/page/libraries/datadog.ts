/** https://docs.datadoghq.com/real_user_monitoring/application_monitoring/browser/ */
import { datadogRum } from "@datadog/browser-rum";
import { traffic, whenAsked } from "./traffic.ts";

datadogRum.init({
  applicationId: "app",
  clientToken: "pub",
  site: "datadoghq.com",
  service: "app",
  proxy: `${location.origin}/answers/empty`,
  sessionSampleRate: 100,
  traceSampleRate: 100,
  traceContextInjection: "all",
  allowedTracingUrls: [{ match: location.origin, propagatorTypes: ["datadog", "tracecontext"] }],
});

whenAsked(async (place) => {
  // The library starts its session in a later task.
  while (!datadogRum.getInternalContext()) await new Promise((resolve) => setTimeout(resolve, 20));
  return traffic(place);
});
