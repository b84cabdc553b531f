/** Built in the place of Engine.IO's WebTransport: the link asks for WebSocket and polling only. */
export const WT = undefined
