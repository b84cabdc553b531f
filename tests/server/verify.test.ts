import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { reportOn } from '../../server/verify.ts'
import type { Act } from '../../shared/act.ts'
import { everythingOf } from '../../shared/everything.ts'
import { wordingHash, type Wording } from '../../shared/wording.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

const EVENINGS = 'b0'.repeat(16)
const MONEY = 'b1'.repeat(16)
const words = (name: string, text: string, kind: Wording['kind'] = 'ours'): Wording => ({
  ...{ kind, name, words: text, ifItSlips: 'We say so.', until: null },
})
const EARLY = words('Evenings', 'Phones away\nafter nine.')
const LATE = words('Evenings', 'Phones away after ten.')
const CAR = words('My car', 'I do not lend out my car.', 'a')
const yes = (wording: Wording | null, boundary = EVENINGS): Act => ({
  kind: 'yes',
  boundary,
  wording,
})

const DAY = 86_400
const NOON = 1_790_000_000

/** One record a day. */
function file(): { records: { content: { body: string } | null }[] } {
  const maker = new HistoryMaker().together()
  let at = NOON
  const say = (seat: 'a' | 'b', act: Act) =>
    maker.append(maker.make({ seat, at: (at += DAY) }, act))
  say('a', yes(EARLY))
  say('b', yes(EARLY))
  say('b', yes(LATE))
  say('a', yes(LATE))
  say('a', yes(CAR, MONEY))
  say('b', { kind: 'step-back', boundary: EVENINGS, words: wordingHash(EVENINGS, LATE) })
  const records = maker.records.map((record) => ({ ...record, received: 1_900_000_000_000 }))
  return everythingOf(maker.board, records, maker.keys.acts, {}) as never
}

const report = (change: (made: ReturnType<typeof file>) => unknown = () => 0) => {
  const made = JSON.parse(JSON.stringify(file())) as ReturnType<typeof file>
  change(made)
  return reportOn(JSON.stringify(made))
}

describe('verify', () => {
  it('prints what is in force and what was, with its days and its records', async () => {
    const { ok, lines } = await report()
    expect(ok).toBe(true)
    expect(lines[1]).toMatch(/^Ada and Ben · 9 records, \d+ September 2026 to \d+ September 2026$/)
    const text = lines.join('\n')
    expect(text).toMatch(
      /In force\n {2}My car · the limit of seat a · version 1 · since [^(]+\(record 7\)\n {4}I do not/,
    )
    expect(text).toMatch(
      /Evenings · version 1 · since [^(]+\(record 4\) until [^,]+, then changed \(record 6\)/,
    )
    expect(text).toMatch(/Evenings · version 2 [^\n]+ then stepped back from \(record 8\)\n/)
    expect(text).toContain('    Phones away\n    after nine.\n    If it slips: We say so.')
    expect(text).toMatch(/Four words: \w+ \w+ \w+ \w+\n/)
  })

  it('names the first record that fails, and the rule', async () => {
    const { ok, lines } = await report(({ records }) => {
      if (records[5]?.content) records[5].content.body += ' '
    })
    expect({ ok, lines }).toEqual({
      ok: false,
      lines: [
        'Record 5 holds other words than those that were signed (R4). [commit-mismatch]',
        'The 5 records before it hold.',
      ],
    })
  })

  it('says of a file that is cut short that it is not whole, and where to get it', async () => {
    const { ok, lines } = await reportOn(JSON.stringify(file()).slice(0, -7))
    expect([ok, lines.length]).toEqual([false, 2])
    expect(lines[0]).toContain('cut short')
  })

  it('is a command: 0 and the agreements, 1 and the reason; what was written moves no cursor', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'everything.json')
    writeFileSync(path, JSON.stringify(file()))
    expect(await command(path)).toMatchObject({
      code: 0,
      out: expect.stringContaining('My car') as string,
    })
    writeFileSync(path, JSON.stringify(file()).slice(0, 300))
    expect(await command(path)).toMatchObject({ code: 1, out: '' })
    expect((await command(join(folder, 'none.json'))).code).toBe(1)
    expect((await command()).error).toContain('Say which file')
  })
})

const COMMAND = fileURLToPath(new URL('../../server/hedgerow.mjs', import.meta.url))

function command(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, 'verify', ...args], (fault, out, error) => {
      resolve({ code: fault ? Number(fault.code) : 0, out, error })
    })
  })
}
