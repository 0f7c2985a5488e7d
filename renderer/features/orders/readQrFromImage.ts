/** Larger pictures are made smaller before they are looked at; a label fills enough of one. */
const MAX_SIDE = 2000;
const MAX_BYTES = 30_000_000;

/** The text of the QR code in a picture; null where there is none, or where the file is no picture that can be read. */
export async function readQrFromImage(file: Blob): Promise<string | null> {
  if (file.size > MAX_BYTES) return null;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) return null;
  // White beneath, for pictures with a transparent ground.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const { decodeQR } = await import('qr/decode.js');
  try {
    return decodeQR({ width, height, data }, { timeLimit: 1000 });
  } catch {
    return null;
  }
}
