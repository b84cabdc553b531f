/** All that are measured, by name: ours first. */
import { hedgerow } from './hedgerow.ts'
import { hocuspocus } from './hocuspocus.ts'
import type { Peer } from './peer.ts'
import { relayOverSocketIo } from './relay-socketio.ts'
import { relayOverWs } from './relay-ws.ts'
import { yWebsocketInMemory, yWebsocketOnLevelDb } from './y-websocket.ts'

export const peers: readonly Peer[] = [
  hedgerow,
  hocuspocus,
  yWebsocketInMemory,
  yWebsocketOnLevelDb,
  relayOverWs,
  relayOverSocketIo,
]

export function peerNamed(name: string): Peer {
  const peer = peers.find((each) => each.name === name)
  if (!peer) throw new Error(`there is no peer named ${name}`)
  return peer
}
