/** A long history on a device that has nothing: verified in a worker, with a line that says how far. */
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readsAlike } from '../../shared/signature-form.ts'
import { isSafeSignKey, toHex, verify } from '../../shared/crypto.ts'
import { utf8 } from '../../shared/bytes.ts'
import { edgeCases, edgeMessage, honest } from '../support/history/edge-signatures.ts'
import { longHistory, type LongHistory } from '../support/history/long-history.ts'
import { browserPages } from '../support/browser/pages.ts'
import { field, press } from '../support/browser/people.ts'
import { runServer } from '../support/server/run-server.ts'
import { storeHistory } from '../support/server/serve-history.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

const PLAIN = 'board.test'
const someone = browserPages([PLAIN])

let history: LongHistory
beforeAll(async () => {
  history = await longHistory(1500)
})

async function serve() {
  const root = temporaryFolder()
  await storeHistory(root, history)
  const server = await runServer(root)
  onTestFinished(() => server.kill())
  return server
}

describe('R10: a long history', () => {
  it.each(['localhost', PLAIN])(
    'is verified in a worker, and the page says how far (%s)',
    async (host) => {
      const { port } = await serve()
      const page = await someone()
      const workers: string[] = []
      page.on('worker', (worker) => workers.push(worker.url()))
      await page.goto(`http://${host}:${port}/open`)
      await field(page, 'Twelve words').fill(history.twelveWords)
      await press(page, 'Open my board')
      await page
        .getByText(/^Checking the history… [\d,]+ of 1,500$/)
        .first()
        .waitFor({ state: 'attached' }) // it comes to be seen only where it takes long
      await page
        .getByRole('link', { name: /^Phones at night/ })
        .first()
        .waitFor()
      expect(workers.filter((url) => url.includes('verifier-worker'))).not.toEqual([])
      expect(await page.getByText(/^Checking the history/).count()).toBe(0)
      await page.reload()
      await page
        .getByRole('link', { name: /^Phones at night/ })
        .first()
        .waitFor()
    },
  )

  it('is verified in the page where there can be no worker', async () => {
    const { port } = await serve()
    const page = await someone()
    await page.addInitScript({ content: 'Worker = undefined' })
    await page.goto(`http://localhost:${port}/open`)
    await field(page, 'Twelve words').fill(history.twelveWords)
    await press(page, 'Open my board')
    await page
      .getByRole('link', { name: /^Phones at night/ })
      .first()
      .waitFor()
  })
})

describe('R3: this browser’s own Ed25519', () => {
  it('says yes to nothing that it may be asked and we would refuse', async () => {
    const { port } = await serve()
    const page = await someone()
    await page.goto(`http://localhost:${port}/`)
    const asked = edgeCases.filter(({ key, sig }) => isSafeSignKey(key) && readsAlike(sig))
    const given = asked.map(({ key, sig }) => ({ key, sig: toHex(sig) }))
    const verdicts = await page.evaluate(verdictsOf, [given, toHex(edgeMessage)] as const)
    const content = utf8('I agree')
    const ours = asked.map(({ key, sig }) => verify(key, 'record', content, sig))
    expect(verdicts.filter((yes, i) => yes && !ours[i])).toEqual([])
    expect(verdicts.filter(Boolean).length).toBeGreaterThanOrEqual(honest.length)
  })
})

/** Runs in the page. */
async function verdictsOf([given, message]: readonly [
  readonly { readonly key: string; readonly sig: string }[],
  string,
]): Promise<boolean[]> {
  const verdicts: boolean[] = []
  for (const { key, sig } of given) {
    const [k, s, m] = [key, sig, message].map((hex) =>
      Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)),
    )
    const imported = await crypto.subtle.importKey('raw', k!, 'Ed25519', false, ['verify'])
    verdicts.push(await crypto.subtle.verify('Ed25519', imported, s!, m!))
  }
  return verdicts
}
