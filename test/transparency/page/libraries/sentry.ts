/** https://docs.sentry.io/platforms/javascript/ */
import * as sentry from "@sentry/browser";
import { atLeast, traffic, whenAsked } from "./traffic.ts";

const breadcrumbs: string[] = [];
sentry.init({
  dsn: `http://key@${location.host}/1`,
  tracesSampleRate: 1,
  tracePropagationTargets: [/.*/],
  integrations: [sentry.browserTracingIntegration()],
  beforeSend: () => null,
  beforeSendTransaction: () => null,
  beforeBreadcrumb(breadcrumb) {
    if (breadcrumb.category === "fetch" || breadcrumb.category === "xhr")
      breadcrumbs.push(breadcrumb.category);
    return breadcrumb;
  },
});

whenAsked(async (place) => ({ ...(await traffic(place)), seen: await atLeast(3, () => breadcrumbs) }));
