/**
 * Leaving at once: the page is blank before anything is asked of the network,
 * its entry in the browser's history is replaced, and a neutral page comes.
 * Nothing asks first, not even a form that is not saved.
 */
import { exitKeys } from './exit-keys.ts'

let neutral = 'https://www.wikipedia.org/'

export function leaveAtOnce(): void {
  document.title = ''
  document.documentElement.replaceChildren()
  // First in line, so that no form gets to ask whether to stay.
  addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  location.replace(neutral)
}

/** Learns where to go while there is time, and listens for the keys. */
export function startQuickExit(): void {
  const isExit = exitKeys()
  addEventListener(
    'keydown',
    ({ key, repeat, timeStamp }) => {
      if (isExit({ key, repeat, at: timeStamp })) leaveAtOnce()
    },
    { capture: true },
  )
  void learnWhere()
}

async function learnWhere(): Promise<void> {
  try {
    const said: unknown = await (await fetch('/api/settings')).json()
    if (typeof said !== 'object' || said === null || !('exit' in said)) return
    if (typeof said.exit === 'string' && /^https?:\/\//.test(said.exit)) neutral = said.exit
  } catch {
    // The server does not say: the encyclopedia it is.
  }
}
