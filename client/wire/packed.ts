/**
 * Bytes in the one form that the packet encoder writes as bytes: an ArrayBuffer
 * of exactly that length in a browser, a Buffer in Node.
 */
export function packed(bytes: Uint8Array): Uint8Array | ArrayBuffer {
  if (typeof Buffer !== 'undefined') {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const copy = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(copy).set(bytes)
  return copy
}
