/** Several negotiates, one after the other: whether the hub is reached, by whom it is served, and where the time goes. */
import { VERSION } from "@microsoft/signalr";
import type { DoctorNegotiated } from "../../extension/core/events/doctor-events.ts";
import { readNegotiateAnswer, type NegotiateAnswer } from "../../extension/core/protocol/negotiate.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { nativeFetch, omitUndefined } from "../hook/shared-with-tools.ts";
import { asTheApp } from "./http.ts";
import type { Told, Trial } from "./trial.ts";
import { errorText, pause } from "./waiting.ts";

const TIMES = 3;
/** As many as the client follows. */
const MAX_REDIRECTS = 100;
const WITHIN: Milliseconds = 15_000;
/** The browser reports a blocked request a moment after it has failed. */
const A_MOMENT: Milliseconds = 50;
const MAX_ERROR = 300;
/** Opening a connection takes two or three times as long as a negotiate. */
const STEPS = 6;
const LONGEST_PATIENCE: Milliseconds = 30_000;

/** Headers that name a server or a proxy, and those that say how an answer was changed on the way. */
const TELLING = ["server", "via", "x-powered-by", "x-cache", "cf-ray", "x-azure-ref", "x-amz-cf-id"];

/** As the client calls itself, so that the request is treated like the app's. */
const USER_AGENT = `Microsoft SignalR/${VERSION.split(".").slice(0, 2).join(".")} (${VERSION}; Unknown OS; Browser; Unknown Runtime Version)`;

/** @returns whether one of them was answered by a SignalR server */
export async function tryNegotiates(trial: Trial): Promise<boolean> {
  let reached = false;
  for (let i = 0; i < TIMES && !trial.ended(); i++) {
    let url = trial.app.url;
    // The first one has been asked for already.
    let token = i === 0 ? trial.app.accessToken : await trial.app.newToken();
    trial.secrets.remember(token);
    for (let redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
      const { fact, answer } = await negotiate(trial, url, token);
      if (trial.ended()) return reached;
      trial.tell(fact);
      trial.patience = Math.max(trial.patience, Math.min(LONGEST_PATIENCE, fact.duration * STEPS));
      if (answer?.transports && answer.error === undefined && answer.redirectUrl === undefined)
        reached = true;
      if (answer?.redirectUrl === undefined) break;
      url = answer.redirectUrl;
      token = answer.accessToken ?? token;
    }
  }
  return reached;
}

async function negotiate(
  trial: Trial,
  hub: string,
  token: string | undefined,
): Promise<{ fact: Told<DoctorNegotiated>; answer: NegotiateAnswer | null }> {
  const url = negotiateUrl(hub);
  trial.own(url);
  const began = performance.now();
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  trial.signal.addEventListener("abort", abort);
  const late = pause(WITHIN, trial.signal).then(abort);
  let answer: NegotiateAnswer | null = null;
  let fact: Told<DoctorNegotiated>;
  try {
    const response = await nativeFetch.call(window, url, {
      method: "POST",
      ...asTheApp(trial.app, token, {
        "X-Requested-With": "XMLHttpRequest",
        "X-SignalR-User-Agent": USER_AGENT,
      }),
      signal: controller.signal,
    });
    const body = await response.text();
    const duration = performance.now() - began;
    answer = response.ok ? readNegotiateAnswer(body) : null;
    trial.secrets.remember(answer?.accessToken);
    trial.secrets.remember(answer?.connectionToken);
    const { headers, status } = response;
    const isRefusal = answer?.error !== undefined;
    const telling = TELLING.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [`${name}: ${value}`];
    });
    fact = {
      kind: "doctor-negotiate",
      url,
      status,
      duration,
      ...omitUndefined({
        error: answer ? refusalIn(answer) : wordsOf(body) || response.statusText || undefined,
        transports: answer?.transports ?? (isRefusal ? [] : undefined),
        statefulReconnect: answer?.statefulReconnect,
        redirectUrl: answer?.redirectUrl,
        redirectedTo: response.redirected ? response.url : undefined,
        retryAfter: headers.get("Retry-After") ?? undefined,
        encoding: headers.get("Content-Encoding") ?? undefined,
        headers: telling.length > 0 ? telling : undefined,
        ...timesOf(url, began),
      }),
    };
  } catch (error) {
    const duration = performance.now() - began;
    await pause(A_MOMENT);
    fact = {
      kind: "doctor-negotiate",
      url,
      status: null,
      duration,
      error: duration >= WITHIN ? "No answer within 15 s." : errorText(error),
      ...omitUndefined({ blockedBy: trial.policy.blockedSince(began, hub) }),
    };
  } finally {
    trial.signal.removeEventListener("abort", abort);
    void late;
  }
  return { fact, answer };
}

function negotiateUrl(hub: string): string {
  const url = new URL(hub, document.baseURI);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/negotiate`;
  url.searchParams.set("negotiateVersion", "1");
  url.searchParams.set("useStatefulReconnect", "true");
  return url.href;
}

const refusalIn = ({ error, legacyVersion }: NegotiateAnswer): string | undefined =>
  error ?? (legacyVersion === undefined ? undefined : "A server of the older ASP.NET SignalR");

/** The first part of an error body; of HTML its title. */
function wordsOf(body: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1];
  return (title ?? body).replace(/\s+/g, " ").trim().slice(0, MAX_ERROR);
}

type Times = Pick<DoctorNegotiated, "dns" | "connect" | "tls" | "wait">;

/** From the page's resource timing. The browser keeps them back for other origins without Timing-Allow-Origin. */
function timesOf(url: string, began: number): Times {
  const entry = (performance.getEntriesByName(url, "resource") as PerformanceResourceTiming[]).findLast(
    ({ startTime, responseStart }) => startTime >= began - 1 && responseStart > 0,
  );
  if (!entry || entry.requestStart === 0) return {};
  const { connectStart, connectEnd, secureConnectionStart: secure } = entry;
  const wait = entry.responseStart - entry.requestStart;
  // The browser had a connection open: then both of these are 0, and say nothing.
  if (connectEnd === connectStart && entry.domainLookupEnd === entry.domainLookupStart) return { wait };
  return {
    dns: entry.domainLookupEnd - entry.domainLookupStart,
    connect: connectEnd - connectStart,
    tls: secure === 0 ? 0 : connectEnd - secure,
    wait,
  };
}
