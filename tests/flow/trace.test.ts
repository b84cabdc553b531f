import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { noSealing, someWords, wordsFound } from '../support/partners/leaks.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { serveBoard } from '../support/server/served-board.ts'
import { readTrace, replayTrace, TRACE_TEXT } from '../support/partners/trace.ts'
import type { Sealer } from '../../shared/sealed-doc.ts'

const trace = readTrace()
const WORDS = someWords(trace.endContent, 20)

const textOf = ({ board }: Partner) => board.words.inner.getText(TRACE_TEXT).toJSON()

async function replay(origin: string, sealer?: Sealer): Promise<[Partner, Partner]> {
  const options = { origin, ...(sealer && { sealer }) }
  const pair = await makePair(options)
  onTestFinished(() => pair.forEach((partner) => partner.close()))
  const [ana, ben] = pair.map(({ board }) => board.words.inner)
  await replayTrace(trace, [ana!, ben!])
  await Promise.all(pair.map((partner) => partner.saved()))
  return pair
}

const filesUnder = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  )

describe('P1, S2, S3: a real two-author text, typed through a real server', () => {
  it('reads the same at both ends, and on a third device that opens the board from nothing; the server has none of its words', async () => {
    expect(WORDS).toHaveLength(20)
    const served = await serveBoard()
    const [ana, ben] = await replay(served.origin)
    expect(textOf(ana)).toBe(trace.endContent)
    expect(textOf(ben)).toBe(trace.endContent)

    const third = await Partner.restore(await ben.board.twelveWords(), { origin: served.origin })
    onTestFinished(() => third.close())
    expect(textOf(third)).toBe(trace.endContent)
    expect(ana.board.words.sealed.squash()).toBe(true)
    await ana.saved()
    const fourth = await Partner.restore(await ana.board.twelveWords(), { origin: served.origin })
    onTestFinished(() => fourth.close())
    expect(textOf(fourth)).toBe(trace.endContent)

    const kept = Buffer.concat([filesUnder(served.dataDir), Buffer.from(served.log())])
    expect(kept.length).toBeGreaterThan(40_000) // the sealed text is there, compacted by now or not
    const updates = await served.storedWords(ana.board.id)
    expect(wordsFound(WORDS, kept, updates)).toEqual([])
    expect(wordsFound(WORDS, served.tap.bytes())).toEqual([])
  }, 120_000)

  it('the same search finds every one of them when sealing is switched off', async () => {
    const served = await serveBoard()
    const [ana] = await replay(served.origin, noSealing)
    const updates = await served.storedWords(ana.board.id)
    expect(wordsFound(WORDS, filesUnder(served.dataDir), updates)).toEqual(WORDS)
    expect(wordsFound(WORDS, served.tap.bytes())).toEqual(WORDS)
  }, 120_000)
})
