/** A board with everything on it, in all four looks: every group, the search, what a boundary is about, drafts. */
import { expect, it, onTestFinished } from 'vitest'
import type { Category } from '../../shared/categories.ts'
import { level } from '../support/partners/arrived.ts'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import { makePair, type Partner } from '../support/partners/partner.ts'
import { agree } from '../support/partners/partner-words.ts'
import { card, field, openWriting, press, sees } from '../support/browser/people.ts'
import { serveBoard } from '../support/server/served-board.ts'

const someone = browserPages()

/** Ana's twelve words, to a board that holds one of each kind. */
async function fullBoard(origin: string): Promise<string> {
  const [ana, ben] = await makePair({ origin })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  const share = (who: Partner, name: string, category: Category | null = null, kind = 'ours') => {
    const texts = { name, words: `${name}: what we do.`, ifItSlips: 'We say so.', category }
    const made = who.board.share({ ...texts, kind: kind as 'ours' })
    if ('problem' in made) throw new Error(made.problem)
    return made.id
  }
  const agreed = [
    share(ana, 'Phones', 'privacy'),
    share(ana, 'Evening', 'time'),
    share(ana, 'Talk'),
  ]
  const asked = [share(ben, 'Money', 'money'), share(ben, 'Due'), share(ben, 'Refused')]
  const limit = share(ben, 'Shouting', 'talking', ben.seat)
  const own = share(ana, 'Quiet', null, ana.seat)
  const [aside] = [share(ana, 'Later'), share(ana, 'Worded'), share(ana, 'Waiting', 'work')]
  await level(ana, ben)
  for (const id of [...agreed, own]) await agree(ana, id)
  for (const id of [...asked, limit]) await agree(ben, id)
  await level(ana, ben)
  for (const id of agreed) await agree(ben, id)
  await ana.board.answers.notYet(asked[1] ?? '', ana.board.today)
  await ana.board.answers.sayNo(asked[2] ?? '')
  ana.board.answers.setAside(aside)
  ana.board.drafts.keep({ name: 'A draft', words: 'Of mine.', ifItSlips: '', category: 'digital' })
  await level(ana, ben)
  return ana.board.twelveWords()
}

it('every group, the search, categories and drafts are fine to look at', async () => {
  const { origin } = await serveBoard()
  const words = await fullBoard(origin)
  const ana = await someone(LOOKS.phoneLight)
  await ana.goto(`${origin}/open`)
  await field(ana, 'Twelve words').fill(words)
  await press(ana, 'Open my board')
  await sees(ana, 'For you')
  const board = ana.url()
  await field(ana, 'Search').waitFor()
  for (const group of ['Private', 'Being worded', 'Agreed', 'Set aside and let go']) {
    await sees(ana, group)
  }
  for (const about of ['Time together', 'Privacy and phones', 'Nothing in particular']) {
    await ana.getByRole('heading', { name: about, exact: true }).waitFor()
  }
  await ana.getByText('Set aside and let go').click()
  await card(ana, 'Later', 'Set aside').waitFor()
  await isFine(ana, 'full list')

  await field(ana, 'Search').fill('what we do')
  await isFine(ana, 'full list, searched')
  await field(ana, 'Search').fill('no such words')
  expect(await card(ana, 'Money', 'Being worded').count()).toBe(0)
  await isFine(ana, 'full list, nothing found')
  await field(ana, 'Search').fill('')

  await card(ana, 'Evening', 'Agreed').click()
  await field(ana, 'What it is about').selectOption({ index: 3 })
  await isFine(ana, 'what it is about')
  await ana.goto(board)
  await card(ana, 'A draft', 'Private').click()
  await field(ana, 'What it is about').waitFor()
  await isFine(ana, 'draft beside a full list')
  await ana.goto(board)
  await openWriting(ana)
  await field(ana, 'Mine').check()
  await isFine(ana, 'writing a limit')
  await press(ana, 'See examples')
  await sees(ana, 'Time together')
  await isFine(ana, 'examples from the form')
  await ana.goto(`${board}/more`)
  await sees(ana, "It doesn't clear your browser history.")
  await isFine(ana, 'more, full board')
})
