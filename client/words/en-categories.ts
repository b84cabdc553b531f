/** What boundaries are about. */
import type { Category } from '../../shared/categories.ts'

export const categoryWords: Record<Category, string> = {
  time: 'Time together',
  talking: 'Talking',
  privacy: 'Privacy and phones',
  digital: 'Digital',
  money: 'Money',
  family: 'Family and friends',
  physical: 'Physical and intimate',
  substances: 'Alcohol and other substances',
  work: 'Work',
}

export const noCategory = 'Nothing in particular'
