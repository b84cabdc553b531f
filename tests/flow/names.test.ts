import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { Partner } from '../support/partners/partner.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard
beforeEach(async () => {
  served = await serveBoard()
})

it('nobody starts, joins or goes on under a name that reads as “you” or as the other’s', async () => {
  const { origin } = served
  await expect(Partner.start('you', { origin })).rejects.toThrow('name-unclear')
  const ana = await Partner.start('Ana', { origin })
  onTestFinished(() => ana.close())
  await ana.board.invite()
  const link = ana.board.invitation?.link ?? ''
  await expect(Partner.join(' ana', link, { origin })).rejects.toThrow('name-taken')
  await expect(Partner.join('Your partner', link, { origin })).rejects.toThrow('name-unclear')
  const ben = await Partner.join('Ben', link, { origin }) // the link was not spent
  onTestFinished(() => ben.close())
  const refused = (code: string) => ({ kind: 'refused', code })
  await ana.until(() => ana.board.joined)
  expect(await ana.board.rename('ben')).toEqual(refused('name-taken'))
  expect(await ben.board.rename('Me')).toEqual(refused('name-unclear'))
  expect(await ana.board.rename('Anna')).toEqual({ kind: 'recorded' })
  await ben.until(() => ben.board.partner === 'Anna')
  expect(await ben.board.rename('Ana')).toEqual({ kind: 'recorded' }) // it is the present name that counts
})
