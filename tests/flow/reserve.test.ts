import { expect, it, onTestFinished } from 'vitest'
import { makePair } from '../support/partners/partner.ts'
import { agree, sharedWith } from '../support/partners/partner-words.ts'
import { appForTest } from '../support/server/app.ts'

it('P4: whatever was said just before, stepping back is recorded at once', async () => {
  const { origin } = await appForTest() // with the limits as they are
  const [ana, ben] = await makePair({ origin })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  const [phones, money] = [await sharedWith(ana, ben), await sharedWith(ana, ben)]
  await agree(ben, phones)
  await ana.until(() => ana.board.boundary(phones)?.partnerYes === 'these-words')
  await agree(ana, phones)
  let refused = 0
  for (let i = 0; i < 40; i++) {
    const said = await (i % 2 === 0 ? agree(ana, money) : ana.board.takeBack(money))
    if (said.kind === 'refused') refused++
  }
  expect(refused).toBeGreaterThan(0)
  expect(await ana.board.stepBack(phones)).toEqual({ kind: 'recorded' })
  await ben.until(() => ben.board.boundary(phones)?.status === 'not-agreed-any-more')
})
