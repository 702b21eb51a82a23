import type { InvocationMessage } from "./hub-messages.ts";
import type { HubMethod, ParameterType } from "./hub-method.ts";
import { HubException, invalidData } from "./server-error.ts";
import type { UploadStreams } from "./upload-streams.ts";

/** Checks that the arguments of a message match the parameters of the method, without stream parameters. */
export function checkArguments(method: HubMethod, message: InvocationMessage): void {
  const declared = method.parameters.filter((type) => type !== "numbers");
  if (message.arguments.length !== declared.length) {
    throw invalidData(
      `Invocation provides ${message.arguments.length} argument(s) but target expects ${declared.length}.`,
    );
  }
  for (const [index, type] of declared.entries()) {
    if (!fits(message.arguments[index], type))
      throw invalidData(
        "Error binding arguments. Make sure that the types of the provided values match the types of the hub method being invoked.",
      );
  }
}

/** Opens the upload streams and inserts them into the arguments where the method declares them. */
export function withStreams(
  method: HubMethod,
  message: InvocationMessage,
  uploads: UploadStreams,
): unknown[] {
  const streamIds = message.streamIds ?? [];
  const declared = method.parameters.filter((type) => type === "numbers").length;
  if (streamIds.length !== declared)
    throw new HubException(`Client sent ${streamIds.length} stream(s), Hub method expects ${declared}.`);
  const values = message.arguments.values();
  const streams = streamIds.values();
  return method.parameters.map((type) =>
    type === "numbers" ? uploads.open(streams.next().value as string) : values.next().value,
  );
}

function fits(value: unknown, type: ParameterType): boolean {
  if (type === "any") return true;
  return typeof value === type || (type === "string" && value === null);
}
