import { beforeEach, describe, expect, it } from 'vitest'
import { standingOf } from '../../shared/agreement.ts'
import { wordingHash, type Wording } from '../../shared/wording.ts'
import { LogServer, type Speaker } from '../support/history/log-server.ts'

const PHONES = '00'.repeat(16)
const MONEY = '11'.repeat(16)
const wording = (words: string): Wording => ({
  ...{ kind: 'ours', name: 'Phones at night', words, ifItSlips: '', until: null },
})
const HALL = wording('From ten our phones stay in the hall.')
const KITCHEN = wording('From ten our phones stay on the kitchen table.')

let server: LogServer
let ana: Speaker
let ben: Speaker

beforeEach(() => {
  server = new LogServer()
  ana = server.speaker('a')
  ben = server.speaker('b')
})

const yes = (who: Speaker, words: Wording, boundary = PHONES) =>
  who.recorder.say({ kind: 'yes', boundary, wording: words })
const takeBack = (who: Speaker) => who.recorder.say({ kind: 'take-back', boundary: PHONES })
const stepBack = (who: Speaker, from: Wording) =>
  who.recorder.say({ kind: 'step-back', boundary: PHONES, words: wordingHash(PHONES, from) })

async function agreeOn(words: Wording): Promise<void> {
  await yes(ana, words)
  await ben.catchUp()
  await yes(ben, words)
  await ana.catchUp()
}

/** Both devices read to the end and show the same; returns that. */
async function shown() {
  await Promise.all([ana.catchUp(), ben.catchUp()])
  const [one, other] = [ana, ben].map(({ ledger }) => standingOf(ledger.standing, PHONES))
  expect(one).toEqual(other)
  return one
}

describe('R7: saying something while something else is said', () => {
  it('a record about another boundary came first: signed again silently', async () => {
    ana.before = () => yes(ben, HALL, MONEY)
    expect(await yes(ana, HALL)).toEqual({ kind: 'recorded' })
    expect((await shown())?.answers.a?.kind).toBe('yes')
    expect(server.count).toBe(2)
  })

  it('both say yes to the same words at once: agreed, and neither is asked again', async () => {
    ana.before = () => yes(ben, HALL)
    expect(await yes(ana, HALL)).toEqual({ kind: 'recorded' })
    expect((await shown())?.inForce?.wording).toEqual(HALL)
  })

  it('the other said yes to other words first: asked again, nothing signed', async () => {
    ana.before = () => yes(ben, KITCHEN)
    expect(await yes(ana, HALL)).toEqual({ kind: 'look-again' })
    expect((await shown())?.answers).toMatchObject({ a: null, b: { kind: 'yes' } })
    expect(server.count).toBe(1)
  })

  it('a take-back came before the yes: nothing was agreed, and it is said', async () => {
    await yes(ana, HALL)
    await ben.catchUp()
    ben.before = () => takeBack(ana)
    expect(await yes(ben, HALL)).toEqual({ kind: 'taken-back-meanwhile' })
    expect((await shown())?.inForce).toBeNull()
  })

  it('a yes came before the take-back: it is agreed, and it is said', async () => {
    await yes(ana, HALL)
    await ben.catchUp()
    ana.before = () => yes(ben, HALL)
    expect(await takeBack(ana)).toEqual({ kind: 'agreed-meanwhile' })
    expect((await shown())?.inForce?.wording).toEqual(HALL)
    expect(server.count).toBe(2)
  })

  it('a step-back is signed again when the other only suggested a change', async () => {
    await agreeOn(HALL)
    ana.before = () => yes(ben, KITCHEN)
    expect(await stepBack(ana, HALL)).toEqual({ kind: 'recorded' })
    expect(await shown()).toMatchObject({ inForce: null, answers: { a: null, b: null } })
  })

  it('a step-back is asked again when this seat had agreed to something newer', async () => {
    await agreeOn(HALL)
    await yes(ana, KITCHEN)
    await ben.catchUp()
    ana.before = () => yes(ben, KITCHEN)
    expect(await stepBack(ana, HALL)).toEqual({ kind: 'look-again' })
    expect((await shown())?.inForce?.wording).toEqual(KITCHEN)
  })

  it('both step back at once: it ends once, and neither sees an error', async () => {
    await agreeOn(HALL)
    ana.before = () => stepBack(ben, HALL)
    expect(await stepBack(ana, HALL)).toEqual({ kind: 'recorded' })
    expect((await shown())?.inForce).toBeNull()
    expect(server.count).toBe(3)
  })

  it('the answer was lost, not the act: found by its hash, not said twice', async () => {
    ana.loseAnswer = true
    expect(await yes(ana, HALL)).toEqual({ kind: 'recorded' })
    expect(server.count).toBe(1)
    expect((await shown())?.answers.a?.kind).toBe('yes')
  })

  it('a double tap says it once', async () => {
    const said = await Promise.all([yes(ana, HALL), yes(ana, HALL)])
    expect(said).toEqual([{ kind: 'recorded' }, { kind: 'recorded' }])
    expect(server.count).toBe(1)
  })

  it('two tabs of one seat say yes to different words at once: one is asked again', async () => {
    const tab = server.speaker('a')
    ana.before = () => yes(tab, KITCHEN)
    expect(await yes(ana, HALL)).toEqual({ kind: 'look-again' })
    expect(server.count).toBe(1)
  })

  it('the other took back and says yes to the same again: it is wanted as it was', async () => {
    await yes(ben, HALL)
    await ana.catchUp()
    ana.before = async () => {
      await takeBack(ben)
      await yes(ben, HALL)
    }
    expect(await yes(ana, HALL)).toEqual({ kind: 'recorded' })
    expect((await shown())?.inForce?.wording).toEqual(HALL)
  })

  it('A5: what would say nothing is not said: yes to the words in force, and no tap is told off', async () => {
    await agreeOn(HALL)
    expect(await yes(ana, HALL)).toEqual({ kind: 'recorded' })
    expect(server.count).toBe(2)
  })
})
