/**
 * The request with which a client since .NET 11 sends a new token for an open connection: `POST {hub}/refresh?id={token}`
 * (https://github.com/dotnet/aspnetcore/issues/67226). Its answer says how long that lasts.
 */
import type { RequestId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { tokenLifetimeIn } from "../../../extension/core/protocol/negotiate.ts";
import { now } from "../../sentinel/shared-with-hook.ts";
import { errorWords } from "../record/error-text.ts";
import type { Recorder } from "../record/recorder.ts";
import { isOk } from "./http-connection.ts";
import type { HttpRequest, HttpWatch } from "./http-request.ts";

export function watchRefresh(asked: HttpRequest, request: RequestId, recorder: Recorder): HttpWatch {
  const from = now();
  recorder.tokens.rememberOf(asked.url, asked.header("Authorization"));
  const ended = (status: number | null, error: unknown, tokenLifetime?: number): void => {
    recorder.record({
      kind: "refresh",
      request,
      duration: now() - from,
      status,
      ...omitUndefined({
        error: error === undefined ? undefined : errorWords(error),
        tokenLifetime,
      }),
    });
  };
  return {
    reads: () => "short text",
    answered(answer, body) {
      const text = body as string;
      ended(answer.status, isOk(answer) ? undefined : text || answer.statusText, tokenLifetimeIn(text));
    },
    failed(error) {
      ended(null, error);
    },
    hold: () => undefined,
  };
}
