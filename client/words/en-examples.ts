/** Somewhere to begin, by category. */
import type { Category } from '../../shared/categories.ts'

export interface Example {
  readonly name: string
  readonly words: string
  /** One's own limit. */
  readonly mine?: true
}

export interface ExampleCategory {
  readonly category: Category
  readonly examples: readonly Example[]
}

export const exampleCategories: readonly ExampleCategory[] = [
  {
    category: 'time',
    examples: [
      {
        name: 'One evening',
        words:
          'Thursday evening is ours. We put it in the calendar and neither of us moves it without offering another evening that week.',
      },
      {
        name: 'Coming home late',
        words:
          'If either of us will be more than half an hour later than we said, we send a message before that half hour is up.',
      },
    ],
  },
  {
    category: 'talking',
    examples: [
      {
        name: 'Taking a break',
        words:
          "Either of us can say 'I need a break'. We stop, say when we'll be back (within a day), and the one who asked starts the conversation again.",
      },
      {
        name: 'Asking about what happened',
        words:
          'Questions are welcome on Sunday afternoon for up to an hour. Outside that, we write them down.',
      },
      {
        name: 'No shouting',
        mine: true,
        words: 'If voices are raised at me I will leave the room, and come back within an hour.',
      },
    ],
  },
  {
    category: 'privacy',
    examples: [
      {
        name: 'Phones at night',
        words: 'From ten at night our phones stay on the kitchen table.',
      },
      {
        name: 'Our own notebooks',
        words: "We don't read each other's notes, letters or journal, even if they're left open.",
      },
    ],
  },
  {
    category: 'digital',
    examples: [
      {
        name: 'Posting about us',
        words:
          "We ask before posting a photo or story with the other one in it. No answer means don't post.",
      },
    ],
  },
  {
    category: 'money',
    examples: [
      {
        name: 'Talking before spending',
        words:
          'Anything over 200 from the joint account, we talk first. Under that, no need to explain.',
      },
    ],
  },
  {
    category: 'family',
    examples: [
      {
        name: 'What we tell our families',
        words:
          "We each may talk to one friend about us. With parents, we agree beforehand what we'll say.",
      },
    ],
  },
  {
    category: 'physical',
    examples: [
      {
        name: 'Asking first',
        mine: true,
        words:
          "For now I want to be asked before being touched, and I'll say yes, no or not now each time.",
      },
    ],
  },
  {
    category: 'substances',
    examples: [
      {
        name: 'Hard talks sober',
        words:
          "We don't talk about us after more than one drink. Either can say 'tomorrow' and it waits.",
      },
    ],
  },
  {
    category: 'work',
    examples: [
      {
        name: 'Work trips',
        words:
          "Before a trip we share where we'll stay and when we'll call. One call a day, at a time that suits whoever is away.",
      },
    ],
  },
]
