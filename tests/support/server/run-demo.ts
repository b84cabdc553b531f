/** `npm run demo` as a process of its own, and the ways in that it prints. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const top = fileURLToPath(new URL('../../..', import.meta.url))

export const BUILT = ['dist/server/demo.js']
export const SOURCE = ['--import', 'tsx', 'server/demo.ts']

export interface WaysIn {
  readonly origin: string
  /** Each person's twelve words. */
  readonly words: Readonly<Record<'Robin' | 'Sam', string>>
}

export interface DemoProcess {
  /** Rejects if it ends without having printed them. */
  readonly waysIn: Promise<WaysIn>
  /** The exit code. */
  readonly ended: Promise<number | null>
  end(signal: NodeJS.Signals): void
}

/** Ends at the latest with this process. */
export function runDemo(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): DemoProcess {
  const child = spawn(process.execPath, args, {
    cwd: top,
    env: { ...process.env, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const endToo = () => child.kill()
  process.on('exit', endToo)
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => {
      process.off('exit', endToo)
      resolve(code)
    })
  })
  const waysIn = new Promise<WaysIn>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Ctrl+C')) resolve(readWaysIn(output))
    })
    child.on('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
  })
  waysIn.catch(() => undefined) // whoever asks for them is told
  return { waysIn, ended, end: (signal) => void child.kill(signal) }
}

function readWaysIn(output: string): WaysIn {
  const wordsOf = (name: string) => new RegExp(`${name}: +((?:[a-z]+ ?){12})\n`).exec(output)?.[1]
  return {
    origin: /http:\/\/[^/\s]+(?=\/open)/.exec(output)?.[0] ?? '',
    words: { Robin: wordsOf('Robin') ?? '', Sam: wordsOf('Sam') ?? '' },
  }
}
