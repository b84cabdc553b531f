/** Whether the page is to be seen, told at every change; returns the undo. */
export function whileHere(tell: (here: boolean) => void): () => void {
  const look = () => tell(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}
