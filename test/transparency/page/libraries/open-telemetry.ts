/** https://opentelemetry.io/docs/languages/js/getting-started/browser/ */
import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { InMemorySpanExporter, SimpleSpanProcessor, WebTracerProvider } from "@opentelemetry/sdk-trace-web";
import { atLeast, traffic, whenAsked } from "./traffic.ts";

const exporter = new InMemorySpanExporter();
const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
const instrumentation = new FetchInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.enable();

whenAsked(async (place) => ({
  ...(await traffic(place)),
  seen: await atLeast(2, () => exporter.getFinishedSpans().map(({ name }) => name)),
}));
