/** A serialised message: text in the JSON protocol, bytes in MessagePack. */
export type Frame = string | Buffer;

export function frameBytes(frame: Frame): number {
  return typeof frame === "string" ? Buffer.byteLength(frame) : frame.length;
}

/** Joins several whole messages to one frame. All frames of one connection have the same type. */
export function joinFrames(frames: readonly Frame[]): Frame {
  const texts = frames.filter((frame) => typeof frame === "string");
  return texts.length === frames.length
    ? texts.join("")
    : Buffer.concat(frames.map((frame) => Buffer.from(frame)));
}
