/**
 * Windows' icon file: a directory of PNG images, which Windows takes since Vista.
 * @param {readonly {size: number, png: Buffer}[]} images up to 256 pixels
 */
export function ico(images) {
  const HEADER = 6;
  const ENTRY = 16;
  const head = Buffer.alloc(HEADER + ENTRY * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, index) => {
    const at = HEADER + ENTRY * index;
    // 256 does not fit into the byte: 0 stands for it.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** The types under which macOS looks for PNG images of a size; `@2x` ones are for dense screens. */
const ICNS_TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]);

/**
 * macOS' icon file: PNG images, each with its type and length.
 * @param {readonly {size: number, png: Buffer}[]} images
 */
export function icns(images) {
  const parts = ICNS_TYPES.flatMap(([type, wanted]) => {
    const image = images.find(({ size }) => size === wanted);
    return image ? [chunk(type, image.png)] : [];
  });
  return chunk('icns', Buffer.concat(parts));
}

/** @param {string} type four letters @param {Buffer} content */
function chunk(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
