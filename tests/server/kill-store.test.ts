/** A process that is killed loses nothing that it had acknowledged. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chainHash } from '../../shared/record.ts'
import { openFileStore } from '../../server/store/file-store.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'
import { numbersIn } from '../support/store/store-numbers.ts'
import { boardWith, dice } from '../support/store/store-records.ts'

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))

/** Starts the process, kills it once it has said `count` lines of a kind, and gives back all that it said. */
const runAndKill = async (
  args: readonly string[],
  kind: 'r' | 'w',
  count: number,
  whileAlive: () => Promise<void>,
) => {
  const running = spawn(process.execPath, ['--import', 'tsx', child, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void running.kill('SIGKILL'))
  const closed = once(running, 'close')
  const lines: string[] = []
  let left = count
  let alive = Promise.resolve()
  for await (const line of createInterface({ input: running.stdout })) {
    lines.push(line)
    if (line === 'open') alive = whileAlive()
    if (line.startsWith(kind) && --left === 0) {
      await alive
      running.kill('SIGKILL')
    }
  }
  expect((await closed)[1]).toBe('SIGKILL')
  return lines
}

describe('file store: kill -9', () => {
  it(
    'P6 D4 whatever moment it is killed at, all that was acknowledged is there',
    { timeout: 60_000 },
    async () => {
      const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32))
      process.stdout.write(`kill -9: SEED=${seed}\n`)
      const roll = dice(seed)
      const root = temporaryFolder()
      const maker = await openFileStore({ root })
      const { board } = await boardWith(maker, roll, 1)
      await maker.close()
      const acknowledged = { records: new Map<number, string>(), words: new Set<number>() }
      for (let round = 0; round < 4; round += 1) {
        const kind = round % 2 === 0 ? 'r' : 'w'
        const count = 20 + roll(kind === 'r' ? 200 : 60)
        const lines = await runAndKill([root, board, String(roll(1e9))], kind, count, async () => {
          await expect(openFileStore({ root })).rejects.toThrow('is in use by process')
        })
        for (const line of lines) {
          const [kind, number, hash] = line.split(' ')
          if (kind === 'r') acknowledged.records.set(Number(number), hash ?? '')
          if (kind === 'w') acknowledged.words.add(Number(number))
        }
        const store = await openFileStore({ root })
        const { records, damage } = await store.history(board)
        const words = await store.words(board, 'board')
        await store.close()
        process.stdout.write(
          `  killed after ${count} lines of ${kind}; acknowledged: ${acknowledged.records.size} records, ` +
            `${acknowledged.words.size} words; found: ${records.length - 1}, ${numbersIn(words).length}\n`,
        )
        expect(damage).toBe(null)
        for (const [seq, hash] of acknowledged.records) {
          const record = records[seq]
          expect(record && chainHash(record)).toBe(hash)
        }
        const numbers = numbersIn(words)
        expect(words.skipped).toBe(0)
        // Every number up to the last, once and in order: none lost, none doubled by a replacement.
        expect(numbers).toEqual(numbers.map((_, at) => at))
        expect(numbers.length).toBeGreaterThan(Math.max(-1, ...acknowledged.words))
      }
      expect(acknowledged.records.size).toBeGreaterThanOrEqual(40)
      expect(acknowledged.words.size).toBeGreaterThanOrEqual(40)
    },
  )
})
