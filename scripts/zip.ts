import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  /** With forward slashes. */
  name: string;
  data: Buffer;
}

// 1 January 1980, the format's first day: the same files give the same archive, whenever and wherever it is made.
const dosDate = (1 << 5) | 1;
const version = 20;
const utf8Names = 0x0800;
const deflated = 8;

/** A zip archive of `files`, in the order of their names. */
export function zip(files: readonly ZipFile[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const compressed = deflateRawSync(data, { level: 9 });
    const nameBytes = Buffer.from(name);
    // What both headers say of a file, from "version needed" to "length of the extra field".
    const common = fields(
      [version, 2],
      [utf8Names, 2],
      [deflated, 2],
      [0, 2],
      [dosDate, 2],
      [crc32(data), 4],
      [compressed.length, 4],
      [data.length, 4],
      [nameBytes.length, 2],
      [0, 2],
    );
    const header = Buffer.concat([fields([0x04034b50, 4]), common, nameBytes, compressed]);
    local.push(header);
    // Comment, disk and attributes: none.
    const position = fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    central.push(Buffer.concat([fields([0x02014b50, 4], [version, 2]), common, position, nameBytes]));
    offset += header.length;
  }
  const directory = Buffer.concat(central);
  const end = fields(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [central.length, 2],
    [central.length, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...local, directory, end]);
}

/** Little-endian numbers one after another, each with its width in bytes. */
function fields(...numbers: [value: number, bytes: 2 | 4][]): Buffer {
  return Buffer.concat(
    numbers.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
