import { expect, test } from 'vitest'
import { windows } from '../../server/store/windows.ts'

function handTimers() {
  const due = new Map<() => void, number>()
  const later = (ms: number, job: () => void) => {
    due.set(job, ms)
    return () => void due.delete(job)
  }
  const pass = () => {
    for (const job of [...due.keys()]) {
      due.delete(job)
      job()
    }
  }
  return { later, pass, waiting: () => [...due.values()] }
}

test('D3 jobs of one window run together at its end, under one timer; the next opens another', () => {
  const { later, pass, waiting } = handTimers()
  const soon = windows(later, 8)
  const ran: string[] = []
  soon(() => ran.push('one'))
  soon(() => {
    ran.push('two')
    soon(() => ran.push('three'))
  })
  expect(waiting()).toEqual([8])
  expect(ran).toEqual([])
  pass()
  expect(ran).toEqual(['one', 'two'])
  expect(waiting()).toEqual([8])
  pass()
  expect(ran).toEqual(['one', 'two', 'three'])
  expect(waiting()).toEqual([])
})

test('D3 a job that is taken back does not run; with the last of them the timer goes too', () => {
  const { later, pass, waiting } = handTimers()
  const soon = windows(later, 8)
  const ran: string[] = []
  const undoOne = soon(() => ran.push('one'))
  const undoTwo = soon(() => ran.push('two'))
  undoOne()
  expect(waiting()).toEqual([8])
  undoTwo()
  undoTwo()
  expect(waiting()).toEqual([])
  soon(() => ran.push('three'))
  undoOne()
  pass()
  expect(ran).toEqual(['three'])
})
