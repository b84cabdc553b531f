/** The process of a peer's server: `serve.ts NAME FOLDER`. */
import { peerNamed } from './peers.ts'

const [name = '', folder = ''] = process.argv.slice(2)
const { serve } = peerNamed(name)
if (!serve) throw new Error(`${name} is not served from here`)
console.log(`http://127.0.0.1:${await serve(folder)}`)
