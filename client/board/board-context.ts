/** How the screens of an open board get at it. */
import { createContext } from 'svelte'
import type { BoardView } from './board-view.ts'

export const [getBoard, setBoard] = createContext<BoardView>()
