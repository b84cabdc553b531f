/** K1: a backup from before the partner joined is restored, and their twelve words lead to the board again. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { arrived, level } from '../support/partners/arrived.ts'
import { Partner } from '../support/partners/partner.ts'
import { PHONES, sharedWith } from '../support/partners/partner-words.ts'
import { agreed, closing } from '../support/partners/two-wires.ts'
import { serveBoard } from '../support/server/served-board.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

it('K1: once a device of each came back, and not before', async () => {
  const served = await serveBoard()
  const { origin } = served
  const ana = closing(await Partner.start('Ana', { origin }))
  await ana.board.invite()
  const link = ana.board.invitation?.link ?? ''
  const backup = join(temporaryFolder(), 'backup')
  await served.stop()
  cpSync(served.dataDir, backup, { recursive: true })
  await served.start()
  ana.board.retry()
  await ana.until(() => ana.board.online)
  const ben = closing(await Partner.join('Ben', link, { origin }))
  await level(ana, ben)
  const phones = await agreed(ana, ben)
  const words = await ben.board.twelveWords()
  ben.close()

  await served.stop()
  rmSync(served.dataDir, { recursive: true })
  cpSync(backup, served.dataDir, { recursive: true })
  await served.start()
  ana.board.retry()
  await ana.until(() => ana.board.online)
  await arrived(ana)
  // The history is whole again, from Ana's device; what only Ben's has is not.
  await expect(Partner.restore(words, { origin })).rejects.toThrow('ring-unknown')

  const bens = closing(await Partner.open(ben.address, ben.vault, { origin }))
  await bens.until(() => bens.board.online)
  await arrived(bens)
  await expect
    .poll(() => Partner.restore(words, { origin }).then(closing, () => null))
    .not.toBeNull()
  const phone = closing(await Partner.restore(words, { origin }))
  expect(phone.seat).toBe('b')
  expect(phone.board.boundary(phones)?.inForce?.wording.words).toBe(PHONES.words)
  // It can be gone on with from there, on a board that is as it was.
  const more = await sharedWith(phone, ana, { ...PHONES, name: 'More' })
  expect(ana.board.textOf(more)?.name).toBe('More')
  for (const { board } of [ana, bens, phone]) expect(board.records.trouble).toBeNull()
})
