/** The length of a piece of a file, in characters: neither many small ones, nor one of the whole file. */
const PIECE = 65_536;

/** Joins short texts to pieces. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
