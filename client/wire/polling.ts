/** How the link connects where WebSockets do not pass. Loaded when one did not. */
import { NodeWebSocket, NodeXHR } from 'socket.io-client'

/** In the order in which they are tried. */
export const withPolling = [NodeWebSocket, NodeXHR]
